import type { Palette } from './palette.ts'

type Rgba = Uint8ClampedArray<ArrayBuffer>

/** Samples of a pixel together, scaled to eight bits; `shift` is what they have more. */
export function rgbaFromRgb(samples: Uint8Array | Uint16Array, shift: number): Rgba {
  const pixels = Math.floor(samples.length / 3)
  const rgba = new Uint8ClampedArray(4 * pixels)
  for (let n = 0; n < pixels; n++) {
    rgba[4 * n] = samples[3 * n]! >> shift
    rgba[4 * n + 1] = samples[3 * n + 1]! >> shift
    rgba[4 * n + 2] = samples[3 * n + 2]! >> shift
    rgba[4 * n + 3] = 255
  }
  return rgba
}

/** YBR_FULL (PS3.3 C.7.6.3.1.2), as `rgbaFromRgb`. */
export function rgbaFromYbr(samples: Uint8Array | Uint16Array, shift: number): Rgba {
  const pixels = Math.floor(samples.length / 3)
  const rgba = new Uint8ClampedArray(4 * pixels)
  for (let n = 0; n < pixels; n++) {
    const y = samples[3 * n]! >> shift
    const cb = (samples[3 * n + 1]! >> shift) - 128
    const cr = (samples[3 * n + 2]! >> shift) - 128
    rgba[4 * n] = y + 1.402 * cr
    rgba[4 * n + 1] = y - 0.344136 * cb - 0.714136 * cr
    rgba[4 * n + 2] = y + 1.772 * cb
    rgba[4 * n + 3] = 255
  }
  return rgba
}

/** YBR_FULL_422 as stored, Y Y Cb Cr for two pixels, to Y Cb Cr for each (C.7.6.3.1.2). */
export function doubledChrominance(stored: Uint8Array): Uint8Array {
  const pairs = Math.floor(stored.length / 4)
  const samples = new Uint8Array(6 * pairs)
  for (let pair = 0; pair < pairs; pair++) {
    const [from, to] = [4 * pair, 6 * pair]
    samples[to] = stored[from]!
    samples[to + 3] = stored[from + 1]!
    samples[to + 1] = samples[to + 4] = stored[from + 2]!
    samples[to + 2] = samples[to + 5] = stored[from + 3]!
  }
  return samples
}

export function rgbaFromPalette(
  values: Uint8Array | Uint16Array | Int16Array,
  { first, red, green, blue }: Palette,
): Rgba {
  const rgba = new Uint8ClampedArray(4 * values.length)
  const last = red.length - 1
  for (let n = 0; n < values.length; n++) {
    const at = Math.min(last, Math.max(0, values[n]! - first))
    rgba[4 * n] = red[at]!
    rgba[4 * n + 1] = green[at]!
    rgba[4 * n + 2] = blue[at]!
    rgba[4 * n + 3] = 255
  }
  return rgba
}
