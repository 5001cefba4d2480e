/** The values between which a picture's content lies, and the step that text must stand out by. */
export interface Contrast {
  readonly low: number
  readonly high: number
  readonly step: number
  /** Values of every so many pixels, ascending. */
  readonly sample: Float32Array
}

const samples = 4096
/** Padding that went through a lossy codec is no longer one value. */
const background = 0.03

/**
 * From a sample of the pixels: the 2nd to 98th percentile of those above the smallest values, which
 * are padding or background. A picture that is nearly all background takes its step from the largest
 * value. Undefined where all pixels are one value.
 */
export function contrastOf(values: Float32Array): Contrast | undefined {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (value < least) least = value
    if (value > most) most = value
  }
  if (!(most > least)) return undefined
  const sample = sampleOf(values)
  const content = sample.subarray(firstAtLeast(sample, least + background * (most - least)))
  const low = content[Math.floor(content.length * 0.02)] ?? least
  const high = content[Math.floor(content.length * 0.98)] ?? most
  return { step: Math.max(0.2 * (high - low), 0.08 * (most - low)), sample, low, high }
}

/** The part of the sampled pixels whose value lies within `tolerance` of `value`. */
export function shareOf({ sample }: Contrast, value: number, tolerance: number): number {
  const from = firstAtLeast(sample, value - tolerance)
  const to = firstAtLeast(sample, value + tolerance)
  return (to - from) / Math.max(1, sample.length)
}

function firstAtLeast(sorted: Float32Array, value: number): number {
  let from = 0
  let to = sorted.length
  while (from < to) {
    const middle = (from + to) >> 1
    if (sorted[middle]! < value) from = middle + 1
    else to = middle
  }
  return from
}

/** Every so many pixels, by an odd step, so that no column is left out. */
function sampleOf(values: Float32Array): Float32Array {
  const stride = Math.max(1, Math.floor(values.length / samples)) | 1
  const sample = new Float32Array(Math.ceil(values.length / stride))
  for (let i = 0; i < sample.length; i++) sample[i] = values[i * stride]!
  return sample.sort()
}
