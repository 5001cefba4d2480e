import { describe, expect, it } from 'vitest'
import { presetById, presets, presetsFor } from './presets.ts'
import {
  checkTransferFunction,
  transferAt,
  transferFunctionOf,
  transferTable,
} from './transfer-function.ts'

const knot = (value: number, opacity: number, r = 1) => ({ value, r, g: 0.5, b: 0, opacity })

describe('a transfer function', () => {
  it('is straight between its points and level beyond them', () => {
    const knots = [knot(-100, 0, 0), knot(100, 0.5, 1)]
    expect(transferAt(knots, 0)).toEqual([0.5, 0.5, 0, 0.25])
    expect(transferAt(knots, -1000)).toEqual([0, 0.5, 0, 0])
    expect(transferAt(knots, 1000)).toEqual([1, 0.5, 0, 0.5])
  })

  it('may step: of two points at one value the later holds from there on', () => {
    const knots = [knot(0, 0), knot(10, 0), knot(10, 1), knot(20, 1)]
    expect(transferAt(knots, 9.999)[3]).toBe(0)
    expect(transferAt(knots, 10)[3]).toBe(1)
  })

  it('stretches over a window: 0 is its lower end, 1 its upper', () => {
    const curve = [
      { at: 0, r: 0, g: 0, b: 0, opacity: 0 },
      { at: 1, r: 1, g: 1, b: 1, opacity: 1 },
    ]
    const over = transferFunctionOf(curve, { windowCenter: 40, windowWidth: 400 })
    expect(over.map(({ value }) => value)).toEqual([-160, 240])
  })

  it('becomes a table of extinction: over s mm a share 1 − exp(−k·s) is absorbed', () => {
    const { rgbk, size, low, high } = transferTable([knot(0, 0.02), knot(100, 0.02)])
    expect([low, high]).toEqual([0, 100])
    expect(1 - Math.exp(-20 * rgbk[4 * (size / 2) + 3]!)).toBeCloseTo(1 - 0.98 ** 20, 6)
  })

  it('stays finite where nothing passes, and holds with one point', () => {
    const { rgbk, low, high } = transferTable([knot(7, 1)])
    expect(high).toBeGreaterThan(low)
    expect([...rgbk].every(Number.isFinite)).toBe(true)
    expect(rgbk[3]).toBe(rgbk.at(-1))
  })

  it('is refused in words when empty, descending, or beyond 0…1', () => {
    expect(() => checkTransferFunction([])).toThrow(/at least one/)
    expect(() => checkTransferFunction([knot(1, 0), knot(0, 0)])).toThrow(/ascend/)
    expect(() => checkTransferFunction([knot(0, 1.1)])).toThrow(/between 0 and 1/)
    expect(() => checkTransferFunction([knot(Number.NaN, 0)])).toThrow(/finite/)
  })
})

describe('presets', () => {
  it('[CASE-3] a modality opens with its own; any other is grey', () => {
    expect(presetsFor('CT')[0].presetId).toBe('ct-soft-tissue')
    expect(presetsFor('MR')[0].presetId).toBe('mr-default')
    expect(presetsFor('PT')[0].presetId).toBe('pt-hot-iron')
    expect(presetsFor('NM')).toEqual([presetById('mr-default')])
    for (const modality of ['CT', 'MR', 'PT']) {
      const own = presetsFor(modality)
      expect(own.length).toBeGreaterThanOrEqual(3)
      expect(own.some(({ renderMode }) => renderMode === 'mip')).toBe(true)
      expect(own[0].renderMode).toBeUndefined()
    }
  })

  it('have the windows a radiologist expects', () => {
    const windows = presetsFor('CT').map(({ name, window }) => [
      name,
      window?.windowCenter,
      window?.windowWidth,
    ])
    expect(windows).toEqual([
      ['Soft tissue', 40, 400],
      ['Bone', 400, 1800],
      ['Lung', -600, 1500],
      ['Vessels', 300, 600],
      ['Brain', 40, 80],
      ['Skin', -200, 600],
      ['Airways', -600, 1500],
      ['Angio MIP', 300, 600],
    ])
  })

  it('are sound transfer functions, clear at the lower end of their window', () => {
    for (const { presetId, curve } of presets) {
      const over = transferFunctionOf(curve, { windowCenter: 0, windowWidth: 2 })
      expect(() => checkTransferFunction(over)).not.toThrow()
      expect(curve[0]).toMatchObject({ at: 0, opacity: 0 })
      expect(curve.at(-1)?.at).toBe(1)
      expect(presetById(presetId)?.curve).toBe(curve)
    }
    expect(presetById('no-such-preset')).toBeUndefined()
  })
})
