import { describe, expect, it } from 'vitest'
import { presetById, presets, presetsFor } from './presets.ts'
import { suvWindow } from './suv.ts'
import { transferAt, transferFunctionOf, transferTable } from './transfer-function.ts'

describe('the presets', () => {
  it('have ids of their own, and curves from 0 to 1 that make a transfer function', () => {
    expect(new Set(presets.map(({ presetId }) => presetId)).size).toBe(presets.length)
    for (const { presetId, curve } of presets) {
      expect([curve[0]?.at, curve.at(-1)?.at]).toEqual([0, 1])
      expect(() => transferTable(transferFunctionOf(curve, suvWindow(0.0002)))).not.toThrow()
      expect(presetById(presetId)?.presetId).toBe(presetId)
    }
  })

  it('of PET have no window of their own: SUV 0…10 lies elsewhere in every patient', () => {
    for (const preset of presetsFor('PT')) expect(preset.window).toBeUndefined()
  })
})

describe('the looks of PET over SUV 0…10', () => {
  const factor = 0.00021
  const at = (presetId: string, suv: number) => {
    const { curve } = presetById(presetId)!
    return transferAt(transferFunctionOf(curve, suvWindow(factor)), suv / factor)
  }
  const brightness = ([r, g, b]: number[]) => (r! + g! + b!) / 3

  it.each(['pt-inverse-grey', 'pt-hot-iron'])(
    '%s absorbs more the higher the uptake',
    (presetId) => {
      const opacities = [0.1, 0.5, 2, 4, 6, 9, 20].map((suv) => at(presetId, suv)[3])
      expect(opacities).toEqual(opacities.toSorted((a, b) => a - b))
      expect(opacities[0]).toBe(0)
      expect(opacities.at(-1)).toBeGreaterThan(0.8)
    },
  )

  it('one is darker the hotter, the other brighter', () => {
    const suvs = [0.5, 2, 4, 6, 9]
    const dark = suvs.map((suv) => brightness(at('pt-inverse-grey', suv)))
    expect(dark).toEqual(dark.toSorted((a, b) => b - a))
    const bright = suvs.map((suv) => brightness(at('pt-hot-iron', suv)))
    expect(bright).toEqual(bright.toSorted((a, b) => a - b))
  })
})
