import { describe, expect, it } from 'vitest'
import {
  floatFromHalf,
  halfBits,
  lowestTexel,
  paddingTexel,
  texelEncoder,
  texelEncoding,
  valueRangeOf,
} from './half-float.ts'

describe('half floats', () => {
  it('round as the platform’s own do', () => {
    // Around every step of every exponent, ties included, and beyond both ends.
    const probe = new DataView(new ArrayBuffer(2))
    const platform = (value: number) => {
      probe.setFloat16(0, value)
      return probe.getUint16(0)
    }
    for (let bits = 0; bits < 0x7c00; bits += 7) {
      const value = floatFromHalf(bits)
      const step = floatFromHalf(bits + 1) - value
      for (const part of [0, 0.25, 0.5, 0.5001, 0.75]) {
        for (const sign of [1, -1]) {
          const near = Math.fround(sign * (value + part * step))
          expect(halfBits(near), `${near}`).toBe(platform(near))
        }
      }
    }
    for (const value of [65519, 65520, 1e9, -1e9, 1e-9, Infinity, Number.NaN, 0]) {
      expect(halfBits(value)).toBe(platform(value))
    }
  })

  it('keep every Hounsfield value from −2048 to 2048', () => {
    for (let value = -2048; value <= 2048; value++) {
      expect(floatFromHalf(halfBits(value))).toBe(value)
    }
  })
})

describe('encoding voxels', () => {
  it('scales by a power of two where values are too large or too small', () => {
    expect(texelEncoding([-1024, 3071]).scale).toBe(1)
    expect(texelEncoding([0, 65535]).scale).toBe(1 / 16)
    expect(texelEncoding([0, 0.002]).scale * 0.002).toBeGreaterThan(2048)
    expect(texelEncoding([0, 0]).scale).toBe(1)
  })

  it('padding and not-a-number become the padding texel, and nothing else does', () => {
    const into = new Uint16Array(5)
    const encoding = texelEncoding([-1000, 5], -2000)
    texelEncoder(encoding)(Float32Array.of(-1000, -2000, Number.NaN, 0.5, 5), into, 0)
    expect(Array.from(into, floatFromHalf)).toEqual([-1000, paddingTexel, paddingTexel, 0.5, 5])
    texelEncoder(encoding)(Int16Array.of(-1000, -2000, 5), into, 2)
    expect(Array.from(into, floatFromHalf).slice(2)).toEqual([-1000, paddingTexel, 5])
  })

  it('holds PET of any activity within 1/2048 of each value, its SUV too', () => {
    const activities = Float32Array.from({ length: 400 }, (_, n) => 1.2345e6 * 0.95 ** n)
    const encoding = texelEncoding([-0.5, 1.2345e6])
    const into = new Uint16Array(400)
    texelEncoder(encoding)(activities, into, 0)
    for (const [n, activity] of activities.entries()) {
      const texel = floatFromHalf(into[n]!)
      expect(Math.abs(texel)).toBeLessThan(65504)
      if (activity < 0.04) continue
      expect(Math.abs(texel / encoding.scale / activity - 1)).toBeLessThanOrEqual(2 ** -11)
    }
  })

  it('knows padding that no float is equal to by its nearest float', () => {
    const into = new Uint16Array(2)
    texelEncoder(texelEncoding([0, 5], -0.1))(Float32Array.of(-0.1, 5), into, 0)
    expect(Array.from(into, floatFromHalf)).toEqual([paddingTexel, 5])
    expect(valueRangeOf(Float32Array.of(-0.1, 5), -0.1)).toEqual([5, 5])
  })

  it('the line between tissue and padding lies below every tissue, above mixtures with more than an eighth of padding', () => {
    for (const [low, high] of [
      [-3024, 1402],
      [0, 65535],
      [0, 0.002],
      [-1000, 3000],
    ] as const) {
      const encoding = texelEncoding([low, high], high + 1)
      const line = lowestTexel(encoding, low)
      expect(floatFromHalf(halfBits(low * encoding.scale))).toBeGreaterThan(line)
      const top = high * encoding.scale
      expect(top + 0.13 * (paddingTexel - top)).toBeLessThan(line)
    }
  })
})

it('the range of values leaves padding out', () => {
  expect(valueRangeOf(Int16Array.of(5, -2000, 7, -3), -2000)).toEqual([-3, 7])
  expect(valueRangeOf(Float32Array.of(Number.NaN, 1))).toEqual([1, 1])
  expect(valueRangeOf(Int16Array.of(-2000), -2000)).toEqual([0, 0])
})
