import { limits, possibleRange } from '../assemble/values.ts'
import { DicomError } from '../problem.ts'
import type { StoredSlice } from '../slice-source.ts'

/** Of the slice's data type. */
export type SliceValues = Int16Array | Uint16Array | Float32Array

/**
 * Stored little-endian words of 8 or 16 bits to output values, one for each of `out`. Bits outside Bits Stored (overlays
 * of old) are dropped, the sign is extended. Throws `value-out-of-range` if a value other than the
 * padding does not fit; the padding is cut off at the limit.
 */
export function rescaleValues(
  stored: Uint8Array<ArrayBuffer>,
  source: StoredSlice,
  out: SliceValues,
): SliceValues {
  const { bitsAllocated, bitsStored, highBit, signed, rescale, dataType } = source
  const words = bitsAllocated === 8 ? stored : new Uint16Array(stored.buffer, 0, out.length)
  if (dataType === 'float32') return scaled(words, source, out)
  const isWholeWord = bitsAllocated === 16 && bitsStored === 16
  if (isWholeWord && rescale.slope === 1 && rescale.intercept === 0) {
    const isAsStored = signed === (dataType === 'int16')
    if (isAsStored) {
      out.set(signed ? new Int16Array(stored.buffer, 0, out.length) : words)
      return out
    }
  }
  const shift = highBit + 1 - bitsStored
  const unused = 32 - bitsStored
  const [least, greatest] = possibleRange(source, rescale)
  const fits = least >= limits[dataType][0] && greatest <= limits[dataType][1]
  const isOffset = rescale.slope === 1 && Number.isInteger(rescale.intercept)
  if (!fits || !isOffset) return lookUp(words, source, out)
  const { intercept } = rescale
  if (signed) {
    for (let i = 0; i < out.length; i++) {
      out[i] = (((words[i]! >> shift) << unused) >> unused) + intercept
    }
  } else {
    const mask = 2 ** bitsStored - 1
    for (let i = 0; i < out.length; i++) out[i] = ((words[i]! >> shift) & mask) + intercept
  }
  return out
}

/** Real values, as they come (PS3.3 C.11.1.1.2). */
function scaled(words: Uint8Array | Uint16Array, source: StoredSlice, out: SliceValues) {
  const { bitsStored, highBit, signed, rescale } = source
  const shift = highBit + 1 - bitsStored
  const size = 2 ** bitsStored
  for (let i = 0; i < out.length; i++) {
    const code = (words[i]! >> shift) & (size - 1)
    const value = signed && code >= size / 2 ? code - size : code
    out[i] = value * rescale.slope + rescale.intercept
  }
  return out
}

interface StoredBits {
  readonly bitsAllocated: number
  readonly bitsStored: number
  readonly highBit: number
  readonly signed: boolean
}

/**
 * Lossy compression overshoots at hard edges, beyond Bits Stored where the codestream has more bits
 * than that. Cut off, metal stays white; masked, it would turn black.
 */
export function saturate(
  stored: Uint8Array<ArrayBuffer>,
  { bitsAllocated, bitsStored, highBit, signed }: StoredBits,
): void {
  if (bitsStored === bitsAllocated || highBit !== bitsStored - 1 || bitsAllocated !== 16) return
  const words = signed ? new Int16Array(stored.buffer) : new Uint16Array(stored.buffer)
  const [least, greatest] = possibleRange({ bitsStored, signed }, { slope: 1, intercept: 0 })
  for (let i = 0; i < words.length; i++) {
    words[i] = Math.min(greatest, Math.max(least, words[i]!))
  }
}

/** One entry for each stored value; NaN marks what does not fit. */
function lookUp(words: Uint8Array | Uint16Array, source: StoredSlice, out: SliceValues) {
  const { bitsStored, highBit, signed, padding, rescale, dataType } = source
  const shift = highBit + 1 - bitsStored
  const size = 2 ** bitsStored
  const [low, high] = limits[dataType]
  const table = Float64Array.from({ length: size }, (_, code) => {
    const value = signed && code >= size / 2 ? code - size : code
    const rescaled = roundHalfToEven(value * rescale.slope + rescale.intercept)
    if (value === padding) return Math.min(high, Math.max(low, rescaled))
    return rescaled >= low && rescaled <= high ? rescaled : Number.NaN
  })
  for (let i = 0; i < out.length; i++) {
    const value = table[(words[i]! >> shift) & (size - 1)]!
    if (Number.isNaN(value)) throw new DicomError('value-out-of-range')
    out[i] = value
  }
  return out
}

function roundHalfToEven(value: number): number {
  const rounded = Math.round(value)
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded
}
