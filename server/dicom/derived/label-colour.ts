type Three = readonly [number, number, number]

/**
 * Recommended Display CIELab Value to sRGB, 0…255. L* of 0…100 is stored as 0…65535, a* and b* of
 * −128…127 likewise, in the ICC's D50 (PS3.3 C.10.7.1.1). Undefined for what is no such value.
 */
export function srgbOfLab(stored: readonly number[]): Three | undefined {
  const [l, a, b] = stored
  if (stored.length !== 3 || !stored.every(isWord)) return undefined
  return srgbOfD50(d50OfLab((l! / 65535) * 100, (a! / 65535) * 255 - 128, (b! / 65535) * 255 - 128))
}

/** ROI Display Color (PS3.3 C.8.8.6), or undefined for what is none. */
export function srgbOfDisplayColour(stored: readonly number[]): Three | undefined {
  const isByte = (value: number) => Number.isInteger(value) && value >= 0 && value <= 255
  return stored.length === 3 && stored.every(isByte) ? three(stored) : undefined
}

/** For labels that bring no colour of their own; `n` from 0. */
export const paletteColour = (n: number): Three => palette[n % palette.length]!

/** Told apart by those who see no red or no green too (Okabe and Ito 2008, Tol 2021). */
const palette: readonly Three[] = [
  [230, 159, 0],
  [86, 180, 233],
  [0, 158, 115],
  [240, 228, 66],
  [204, 121, 167],
  [213, 94, 0],
  [0, 114, 178],
  [170, 221, 170],
  [136, 34, 85],
  [153, 153, 255],
]

const isWord = (value: number) => Number.isInteger(value) && value >= 0 && value <= 0xffff

const whiteD50: Three = [0.9642, 1, 0.8249]

/** CIE 15: the inverse of L*, a*, b*. */
function d50OfLab(l: number, a: number, b: number): Three {
  const y = (l + 16) / 116
  const [fx, fz] = [y + a / 500, y - b / 200]
  const linear = (t: number) => (t > 6 / 29 ? t ** 3 : 3 * (6 / 29) ** 2 * (t - 4 / 29))
  return [linear(fx) * whiteD50[0], linear(y) * whiteD50[1], linear(fz) * whiteD50[2]]
}

/** Linear sRGB from XYZ of D50: IEC 61966-2-1 behind a Bradford adaptation to D65. */
const linearFromD50: readonly Three[] = [
  [3.1338561, -1.6168667, -0.4906146],
  [-0.9787684, 1.9161415, 0.033454],
  [0.0719453, -0.2289914, 1.4052427],
]

function srgbOfD50([x, y, z]: Three): Three {
  const channels = linearFromD50.map(([fromX, fromY, fromZ]) => {
    const linear = Math.min(1, Math.max(0, fromX * x + fromY * y + fromZ * z))
    const encoded = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055
    return Math.round(255 * encoded)
  })
  return three(channels)
}

const three = ([a, b, c]: readonly number[]): Three => [a!, b!, c!]
