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

/** Each 2 × 2 pixels as one: what single pixels of grain do counts for less. Even sizes. */
export function halved(rgba: Uint8Array, width: number): Uint8Array {
  const out = new Uint8Array(rgba.length / 4)
  const row = 4 * width
  for (let n = 0; n < out.length; n++) {
    const pixel = n >> 2
    const [x, y] = [pixel % (width / 2), Math.floor(pixel / (width / 2))]
    const from = 2 * y * row + 8 * x + (n & 3)
    const sum = [from, from + 4, from + row, from + row + 4].reduce(
      (total, at) => total + (rgba[at] as number),
      0,
    )
    out[n] = Math.round(sum / 4)
  }
  return out
}
