import { type Quaternion, unit } from '../geometry/quaternion.ts'
import type { Vec3 } from '../geometry/transform.ts'
import type { HandSample, WorldPose } from './pose-sample.ts'

const snorm = 32_767

/** Little endian; throws a RangeError past its capacity. */
export class Writer {
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

  posed({ position, rotation }: WorldPose): void {
    this.f32(...position)
    for (const value of rotation) {
      this.#view.setInt16(this.#at, Math.round(value * snorm), true)
      this.#at += 2
    }
  }

  hand(hand: HandSample): void {
    this.u8(hand.curls ? 1 : 0)
    this.posed(hand)
    for (const curl of hand.curls ?? []) this.u8(Math.round(curl * 255))
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
export class Reader {
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

  posed(): WorldPose {
    const position = this.vec3()
    const rotation = [this.i16(), this.i16(), this.i16(), this.i16()] as const
    return { position, rotation: unit(rotation) }
  }

  hand(): HandSample {
    const kind = this.u8()
    if (kind > 1) throw new RangeError('unknown kind of hand')
    const posed = this.posed()
    if (kind === 0) return posed
    const curls = [this.u8(), this.u8(), this.u8(), this.u8(), this.u8()] as const
    return { ...posed, curls: curls.map((curl) => curl / 255) as unknown as typeof curls }
  }

  i16(): number {
    this.#at += 2
    return this.#view.getInt16(this.#at - 2, true)
  }

  ascii(): string {
    const length = this.u8()
    if (length > 64) throw new RangeError('too long an id')
    let text = ''
    for (let n = 0; n < length; n++) text += String.fromCharCode(this.u8())
    return text
  }
}
