/**
 * Peak signal-to-noise ratio of two pictures, dB, over red, green and blue of all pixels; infinite
 * where they are the same. RGBA, 0…255. Throws on pictures of different sizes.
 */
export function psnrDb(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) throw new RangeError('pictures of different sizes')
  let squares = 0
  for (let n = 0; n < a.length; n++) {
    if (n % 4 !== 3) squares += ((a[n] as number) - (b[n] as number)) ** 2
  }
  return 10 * Math.log10((255 ** 2 * 3 * (a.length / 4)) / squares)
}

/** Of red, green and blue: how much brighter `a` is than `b`, on the average of all pixels. */
export function meanDifference(a: Uint8Array, b: Uint8Array): [number, number, number] {
  const sums: [number, number, number] = [0, 0, 0]
  for (let n = 0; n < a.length; n++) {
    const channel = n % 4
    if (channel < 3) sums[channel as 0 | 1 | 2] += (a[n] as number) - (b[n] as number)
  }
  const pixels = a.length / 4
  return [sums[0] / pixels, sums[1] / pixels, sums[2] / pixels]
}
