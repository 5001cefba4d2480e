import { describe, expect, it } from 'vitest'
import { affordableLevels, textureBudgetBytes } from './level-plan.ts'

const level = (path: string, ...dims: [number, number, number]) => ({
  path,
  dims,
  patientFromVoxel: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
})
const pyramid = [
  level('0', 512, 512, 600),
  level('1', 256, 256, 300),
  level('2', 128, 128, 150),
  level('3', 64, 64, 75),
]
const paths = (largestSide: number, budgetBytes: number) =>
  affordableLevels(pyramid, { largestSide, budgetBytes }).map(({ path }) => path)

describe('the levels worth loading', () => {
  it('run from the coarsest to the finest that fits', () => {
    expect(paths(2048, 1e9)).toEqual(['3', '2', '1', '0'])
    expect(paths(2048, 300e6)).toEqual(['3', '2', '1'])
  })
  it('are no larger than the GPU’s textures', () => {
    expect(paths(256, 1e9)).toEqual(['3', '2'])
    expect(paths(32, 1e9)).toEqual([])
  })
  it('include the coarsest whatever the budget', () => {
    expect(paths(2048, 1000)).toEqual(['3'])
  })
  it('are fewer on a device with little memory', () => {
    expect(textureBudgetBytes(2)).toBeLessThan(textureBudgetBytes(4))
    expect(textureBudgetBytes(undefined)).toBe(textureBudgetBytes(4))
    expect(textureBudgetBytes(8)).toBeGreaterThan(2 * 512 * 512 * 600)
  })
})
