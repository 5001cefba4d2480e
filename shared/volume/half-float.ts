/**
 * Voxels as IEEE 754 half floats, the only 16-bit texture format that filters everywhere in WebGL2.
 * Whole numbers up to ±2048 are exact; beyond, eleven significant bits remain.
 */
export type VoxelData = Int16Array | Uint16Array | Uint8Array | Float32Array

/** How stored values become texels: `texel = value · scale`; padding becomes `paddingTexel`. */
export interface TexelEncoding {
  /** A power of two, so that it costs no precision. */
  readonly scale: number
  readonly paddingValue: number | undefined
}

/**
 * The lowest finite half float. Interpolated against anything that is not padding it stays below
 * `lowestTexel` in all but an eighth of a voxel at most, so that no cell touching padding is drawn.
 */
export const paddingTexel = -65504
const paddingBits = 0xfbff
/** Small against the padding texel, and of no consequence for a float's precision. */
const largestTexel = 4096

export function texelEncoding(
  [low, high]: readonly [number, number],
  paddingValue?: number,
): TexelEncoding {
  const largest = Math.max(Math.abs(low), Math.abs(high))
  const fits = largest <= largestTexel && largest >= 1
  const scale = fits || largest === 0 ? 1 : 2 ** Math.floor(Math.log2(largestTexel / largest))
  return { scale, paddingValue }
}

/** Texels below this are padding, or interpolated with it. */
export function lowestTexel({ scale }: TexelEncoding, lowestValue: number): number {
  const lowest = lowestValue * scale
  return lowest - Math.abs(lowest) * 2 ** -10 - 0.5
}

const float = new Float32Array(1)
const word = new Uint32Array(float.buffer)

/** Rounds to nearest, ties to even; too large becomes infinity. */
export function halfBits(value: number): number {
  float[0] = value
  const bits = word[0] as number
  const sign = (bits >>> 16) & 0x8000
  const exponent = ((bits >>> 23) & 0xff) - 112
  const mantissa = bits & 0x7fffff
  if (exponent === 143) return sign | 0x7c00 | (mantissa ? 0x200 : 0)
  if (exponent >= 31) return sign | 0x7c00
  if (exponent < -10) return sign
  const [whole, shift] =
    exponent > 0 ? [(exponent << 23) | mantissa, 13] : [mantissa | 0x800000, 14 - exponent]
  const half = whole >>> shift
  const rest = whole & ((1 << shift) - 1)
  const tie = 1 << (shift - 1)
  const up = rest > tie || (rest === tie && (half & 1) === 1)
  return sign | (up ? half + 1 : half)
}

export function floatFromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >>> 10) & 0x1f
  const mantissa = bits & 0x3ff
  if (exponent === 31) return mantissa ? Number.NaN : sign * Infinity
  if (exponent === 0) return sign * mantissa * 2 ** -24
  return sign * (1 + mantissa / 1024) * 2 ** (exponent - 15)
}

let decodeTable: Float32Array | undefined

/** All 65,536 half floats, by their bits. */
export function floatsFromHalves(): Float32Array {
  decodeTable ??= Float32Array.from({ length: 65536 }, (_, bits) => floatFromHalf(bits))
  return decodeTable
}

/** Turns runs of voxels into half-float bits; not-a-number counts as padding. */
export type TexelEncoder = (voxels: VoxelData, into: Uint16Array, at: number) => void

export function texelEncoder({ scale, paddingValue }: TexelEncoding): TexelEncoder {
  const one = (value: number) => (value === paddingValue ? paddingBits : halfBits(value * scale))
  const tables = new Map<string, Uint16Array>()
  const tableFor = (name: 'int16' | 'uint16') => {
    const known = tables.get(name)
    if (known) return known
    const table = Uint16Array.from({ length: 65536 }, (_, bits) =>
      one(name === 'int16' ? (bits << 16) >> 16 : bits),
    )
    tables.set(name, table)
    return table
  }
  return (voxels, into, at) => {
    if (voxels instanceof Float32Array) {
      encodeFloats(voxels, into, at, scale, paddingValue)
      return
    }
    const table = tableFor(voxels instanceof Int16Array ? 'int16' : 'uint16')
    for (let n = 0; n < voxels.length; n++) {
      into[at + n] = table[(voxels[n] as number) & 0xffff] as number
    }
  }
}

function encodeFloats(
  voxels: Float32Array,
  into: Uint16Array,
  at: number,
  scale: number,
  paddingValue: number | undefined,
): void {
  const padding = paddingValue === undefined ? Number.NaN : Math.fround(paddingValue)
  for (let n = 0; n < voxels.length; n++) {
    const value = voxels[n] as number
    const isThere = value !== padding && !Number.isNaN(value)
    into[at + n] = isThere ? halfBits(value * scale) : paddingBits
  }
}

/** The least and greatest stored value, padding and not-a-number left out; [0, 0] where none is left. */
export function valueRangeOf(voxels: VoxelData, paddingValue?: number): [number, number] {
  let low = Infinity
  let high = -Infinity
  const isFloat = voxels instanceof Float32Array && paddingValue !== undefined
  const padding = isFloat ? Math.fround(paddingValue) : paddingValue
  for (let n = 0; n < voxels.length; n++) {
    const value = voxels[n] as number
    if (value === padding) continue
    if (value < low) low = value
    if (value > high) high = value
  }
  return low <= high ? [low, high] : [0, 0]
}
