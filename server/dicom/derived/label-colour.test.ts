import { describe, expect, it } from 'vitest'
import { paletteColour, srgbOfDisplayColour, srgbOfLab } from './label-colour.ts'

const stored = ([l, a, b]: readonly [number, number, number]) => [
  Math.round((l / 100) * 65535),
  Math.round(((a + 128) / 255) * 65535),
  Math.round(((b + 128) / 255) * 65535),
]

describe('the colour of a label', () => {
  // L*a*b* of D50 as the ICC's sRGB profile has them.
  it.each([
    ['white', [100, 0, 0], [255, 255, 255]],
    ['black', [0, 0, 0], [0, 0, 0]],
    ['red', [54.29, 80.81, 69.89], [255, 0, 0]],
    ['green', [87.82, -79.27, 80.99], [0, 255, 0]],
    ['blue', [29.57, 68.3, -112.03], [0, 0, 255]],
    ['grey', [53.59, 0, 0], [128, 128, 128]],
  ] as const)('[IN-6] is %s where CIELab says so', (_, lab, srgb) => {
    const colour = srgbOfLab(stored(lab))!
    for (const [n, channel] of srgb.entries()) {
      expect(Math.abs(colour[n]! - channel)).toBeLessThanOrEqual(1)
    }
  })

  it('is none where the header gives none', () => {
    expect(srgbOfLab([])).toBeUndefined()
    expect(srgbOfLab([1, 2, 70_000])).toBeUndefined()
    expect(srgbOfLab([1, Number.NaN, 3])).toBeUndefined()
    expect(srgbOfDisplayColour([255, 0, 256])).toBeUndefined()
    expect(srgbOfDisplayColour([255, 0])).toBeUndefined()
    expect(srgbOfDisplayColour([255, 0, 7])).toEqual([255, 0, 7])
  })

  it('is another for each of the first ten labels without one', () => {
    const colours = Array.from({ length: 10 }, (_, n) => paletteColour(n).join())
    expect(new Set(colours).size).toBe(10)
    expect(paletteColour(10)).toEqual(paletteColour(0))
  })
})
