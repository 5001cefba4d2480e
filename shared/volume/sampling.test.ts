import { describe, expect, it } from 'vitest'
import { floatsFromHalves, halfBits } from './half-float.ts'
import { sampleTexels, stretchInBox, stretchOnKeptSide } from './sampling.ts'

describe('a ray and a box', () => {
  it('meet from where it enters to where it leaves', () => {
    expect(stretchInBox([-5, 3, 3], [2, 0, 0], [10, 6, 6])).toEqual({ from: 2.5, to: 7.5 })
    expect(stretchInBox([5, 3, 3], [-1, 0, 0], [10, 6, 6])).toEqual({ from: 0, to: 5 })
  })
  it('miss each other', () => {
    expect(stretchInBox([-5, 7, 3], [1, 0, 0], [10, 6, 6])).toBeUndefined()
    expect(stretchInBox([-5, 3, 3], [-1, 0, 0], [10, 6, 6])).toBeUndefined()
    expect(stretchInBox([-5, -5, 3], [1, 0.1, 0], [10, 6, 6])).toBeUndefined()
  })
})

describe('a ray and planes', () => {
  const whole = { from: 0, to: 100 }
  it('the side dot(normal, p) >= offset is kept, whatever the normal’s length', () => {
    const planes = [
      { normal: [2, 0, 0], offsetMm: 20 },
      { normal: [-1, 0, 0], offsetMm: -30 },
    ] as const
    expect(stretchOnKeptSide([0, 0, 0], [1, 0, 0], planes, whole)).toEqual({ from: 10, to: 30 })
    expect(stretchOnKeptSide([50, 0, 0], [-1, 0, 0], planes, whole)).toEqual({ from: 20, to: 40 })
  })
  it('a ray along a plane is kept whole or not at all', () => {
    const plane = { normal: [0, 1, 0], offsetMm: 5 } as const
    expect(stretchOnKeptSide([0, 6, 0], [1, 0, 0], [plane], whole)).toEqual(whole)
    expect(stretchOnKeptSide([0, 4, 0], [1, 0, 0], [plane], whole)).toBeUndefined()
  })
})

it('texels are mixed from the eight around, and hold beyond the outermost centres', () => {
  const texels = Uint16Array.from([0, 10, 100, 110, 1000, 1010, 1100, 1110], halfBits)
  const at = (x: number, y: number, z: number) =>
    sampleTexels(texels, floatsFromHalves(), [2, 2, 2], [x, y, z])
  expect(at(0.5, 0.5, 0.5)).toBe(0)
  expect(at(1.5, 1.5, 1.5)).toBe(1110)
  expect(at(1, 1, 1)).toBe(555)
  expect(at(0.75, 0.5, 0.5)).toBe(2.5)
  expect(at(-3, 0.1, 9)).toBe(1000)
  expect(sampleTexels(texels, floatsFromHalves(), [8, 1, 1], [3.5, 0.5, 0.5])).toBe(110)
})
