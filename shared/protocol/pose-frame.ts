import type { Quaternion } from '../geometry/quaternion.ts'
import type { Vec3 } from '../geometry/transform.ts'
import type { VolumePose } from '../geometry/volume-pose.ts'

/**
 * What a person shows while it is true and nobody keeps: latest value wins. Layout, little endian:
 *
 *     sample  u8 parts, then in this order where the part's bit is set:
 *       1  laser    6 × f32  origin, end (patient mm of the shown volume)
 *       2  touches  –        the laser's end lies on tissue
 *       4  drag     8 × f32  volume position (m), rotation x y z w, scale
 *       8  plane    u8 length, planeId (ASCII), normal 3 × f32, offsetMm f32
 *      16  window   2 × f32  centre, width
 *     up      u8 version, sample
 *     down    u8 version, u8 count, count × (u16 poseIndex, sample)
 *
 * A sample without parts says: nothing any more.
 */
export interface PoseSample {
  readonly laser?: { readonly origin: Vec3; readonly end: Vec3; readonly touches: boolean }
  readonly drag?: VolumePose
  readonly plane?: { readonly planeId: string; readonly normal: Vec3; readonly offsetMm: number }
  readonly window?: { readonly windowCenter: number; readonly windowWidth: number }
}

export const poseVersion = 1
/** Sixty-four letters of planeId and every part at once. */
export const maximumSampleBytes = 1 + 24 + 32 + 1 + 64 + 16 + 8
export const maximumSamplesPerFrame = 255

const part = { laser: 1, touches: 2, drag: 4, plane: 8, window: 16 } as const
const known = 31

export function encodeUp(sample: PoseSample): Uint8Array {
  const out = new Writer(1 + maximumSampleBytes)
  out.u8(poseVersion)
  write(out, sample)
  return out.bytes()
}

/** At most `maximumSamplesPerFrame` samples; a longer list is the caller's to split. */
export function encodeDown(samples: ReadonlyMap<number, PoseSample>): Uint8Array {
  if (samples.size > maximumSamplesPerFrame) throw new RangeError('too many samples for a frame')
  const out = new Writer(2 + samples.size * (2 + maximumSampleBytes))
  out.u8(poseVersion)
  out.u8(samples.size)
  for (const [poseIndex, sample] of samples) {
    out.u16(poseIndex)
    write(out, sample)
  }
  return out.bytes()
}

/** Undefined where the bytes are not exactly one sample of this version with finite numbers. */
export function decodeUp(bytes: Uint8Array): PoseSample | undefined {
  return attempt(bytes, (input) => (input.u8() === poseVersion ? read(input) : undefined))
}

/** Undefined where the frame is of another version or not whole. */
export function decodeDown(bytes: Uint8Array): Map<number, PoseSample> | undefined {
  return attempt(bytes, (input) => {
    if (input.u8() !== poseVersion) return undefined
    const samples = new Map<number, PoseSample>()
    for (let left = input.u8(); left > 0; left--) samples.set(input.u16(), read(input))
    return samples
  })
}

function write(out: Writer, { laser, drag, plane, window }: PoseSample): void {
  out.u8(
    (laser ? part.laser : 0) |
      (laser?.touches ? part.touches : 0) |
      (drag ? part.drag : 0) |
      (plane ? part.plane : 0) |
      (window ? part.window : 0),
  )
  if (laser) out.f32(...laser.origin, ...laser.end)
  if (drag) out.f32(...drag.position, ...drag.rotation, drag.scale)
  if (plane) {
    out.ascii(plane.planeId)
    out.f32(...plane.normal, plane.offsetMm)
  }
  if (window) out.f32(window.windowCenter, window.windowWidth)
}

function read(input: Reader): PoseSample {
  const parts = input.u8()
  if (parts & ~known) throw new RangeError('unknown parts')
  return {
    ...(parts & part.laser
      ? {
          laser: {
            origin: input.vec3(),
            end: input.vec3(),
            touches: (parts & part.touches) !== 0,
          },
        }
      : {}),
    ...(parts & part.drag
      ? { drag: { position: input.vec3(), rotation: input.quaternion(), scale: input.f32() } }
      : {}),
    ...(parts & part.plane
      ? { plane: { planeId: input.ascii(), normal: input.vec3(), offsetMm: input.f32() } }
      : {}),
    ...(parts & part.window
      ? { window: { windowCenter: input.f32(), windowWidth: input.f32() } }
      : {}),
  }
}

function attempt<T>(bytes: Uint8Array, parse: (input: Reader) => T | undefined): T | undefined {
  const input = new Reader(bytes)
  try {
    const parsed = parse(input)
    return input.atEnd() ? parsed : undefined
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

class Writer {
  readonly #view: DataView
  #at = 0

  constructor(capacity: number) {
    this.#view = new DataView(new ArrayBuffer(capacity))
  }

  u8(value: number): void {
    this.#view.setUint8(this.#at++, value)
  }

  u16(value: number): void {
    this.#view.setUint16(this.#at, value, true)
    this.#at += 2
  }

  f32(...values: number[]): void {
    for (const value of values) {
      this.#view.setFloat32(this.#at, value, true)
      this.#at += 4
    }
  }

  ascii(text: string): void {
    this.u8(text.length)
    for (let n = 0; n < text.length; n++) this.u8(text.charCodeAt(n))
  }

  bytes(): Uint8Array {
    return new Uint8Array(this.#view.buffer, 0, this.#at)
  }
}

/** Throws a RangeError past the end, as DataView does, and on a number that is not finite. */
class Reader {
  readonly #view: DataView
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  atEnd(): boolean {
    return this.#at === this.#view.byteLength
  }

  u8(): number {
    return this.#view.getUint8(this.#at++)
  }

  u16(): number {
    this.#at += 2
    return this.#view.getUint16(this.#at - 2, true)
  }

  f32(): number {
    this.#at += 4
    const value = this.#view.getFloat32(this.#at - 4, true)
    if (!Number.isFinite(value)) throw new RangeError('not a finite number')
    return value
  }

  vec3(): Vec3 {
    return [this.f32(), this.f32(), this.f32()]
  }

  quaternion(): Quaternion {
    return [this.f32(), this.f32(), this.f32(), this.f32()]
  }

  ascii(): string {
    const length = this.u8()
    if (length > 64) throw new RangeError('too long an id')
    let text = ''
    for (let n = 0; n < length; n++) text += String.fromCharCode(this.u8())
    return text
  }
}
