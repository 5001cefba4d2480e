import type { PoseSample } from './pose-sample.ts'
import { Reader, Writer } from './sample-bytes.ts'

/**
 * The layout of pose frames, little endian:
 *
 *     sample  u8 parts, then in this order where the part's bit is set:
 *       1  laser    6 × f32  origin, end (patient mm of the shown volume)
 *       2  touches  –        the laser's end lies on tissue
 *       4  drag     8 × f32  volume position (m), rotation x y z w, scale
 *       8  plane    u8 length, planeId (ASCII), normal 3 × f32, offsetMm f32
 *      16  window   2 × f32  centre, width
 *      32  head     3 × f32 position (m, world), 4 × i16 rotation x y z w in 1/32767
 *      64  left     u8 hand, as head; where hand is 1 then 5 × u8 curl, thumb first, in 1/255
 *     128  right    as left
 *     up      u8 version, sample
 *     down    u8 version, u8 count, count × (u16 poseIndex, sample)
 *
 * A sample without parts says: nothing any more.
 */
export const poseVersion = 2
const posedBytes = 12 + 8
/** Sixty-four letters of planeId and every part at once. */
export const maximumSampleBytes = 1 + 24 + 32 + 1 + 64 + 16 + 8 + posedBytes + 2 * (6 + posedBytes)
export const maximumSamplesPerFrame = 255

const part = {
  laser: 1,
  touches: 2,
  drag: 4,
  plane: 8,
  window: 16,
  head: 32,
  left: 64,
  right: 128,
} as const

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

function write(out: Writer, sample: PoseSample): void {
  const { laser, drag, plane, window, head, left, right } = sample
  out.u8(
    (laser ? part.laser : 0) |
      (laser?.touches ? part.touches : 0) |
      (drag ? part.drag : 0) |
      (plane ? part.plane : 0) |
      (window ? part.window : 0) |
      (head ? part.head : 0) |
      (left ? part.left : 0) |
      (right ? part.right : 0),
  )
  if (laser) out.f32(...laser.origin, ...laser.end)
  if (drag) out.f32(...drag.position, ...drag.rotation, drag.scale)
  if (plane) {
    out.ascii(plane.planeId)
    out.f32(...plane.normal, plane.offsetMm)
  }
  if (window) out.f32(window.windowCenter, window.windowWidth)
  if (head) out.posed(head)
  if (left) out.hand(left)
  if (right) out.hand(right)
}

function read(input: Reader): PoseSample {
  const parts = input.u8()
  if (parts & part.touches && !(parts & part.laser)) throw new RangeError('touches without laser')
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
    ...(parts & part.head ? { head: input.posed() } : {}),
    ...(parts & part.left ? { left: input.hand() } : {}),
    ...(parts & part.right ? { right: input.hand() } : {}),
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
