import { describe, expect, it } from 'vitest'
import { presets } from './presets.ts'
import { windowsFor } from './presets-window.ts'

const base: Parameters<typeof windowsFor>[0] = {
  modality: 'CT',
  unit: 'HU',
  valueRange: [-1024, 3071],
  defaultWindow: { windowCenter: 50, windowWidth: 350 },
}

describe('the windows of a modality', () => {
  it('[CASE-3] of CT are those of the contract, by HU', () => {
    const named = Object.fromEntries(windowsFor(base).map(({ name, window }) => [name, window]))
    expect(named).toMatchObject({
      'Soft tissue': { windowCenter: 40, windowWidth: 400 },
      Lung: { windowCenter: -600, windowWidth: 1500 },
      Bone: { windowCenter: 400, windowWidth: 1800 },
      Brain: { windowCenter: 40, windowWidth: 80 },
      Vessel: { windowCenter: 300, windowWidth: 600 },
    })
    for (const { window } of presets.filter(({ name }) => name in named)) {
      expect(Object.values(named)).toContainEqual(window)
    }
  })

  it('[IN-4] of PET start at SUV 0, whatever the patient’s factor', () => {
    const factor = 0.00021
    const pet = {
      ...base,
      modality: 'PT',
      unit: 'Bq/ml',
      suvbwFactor: factor,
    } satisfies typeof base
    for (const { name, window } of windowsFor(pet)) {
      const low = (window.windowCenter - window.windowWidth / 2) * factor
      const high = (window.windowCenter + window.windowWidth / 2) * factor
      expect(low).toBeCloseTo(0, 9)
      expect(name).toBe(`0–${Math.round(high)}`)
    }
  })

  it('of what has no common scale are its own and the whole range, where there is one', () => {
    const mr = {
      ...base,
      modality: 'MR',
      unit: 'stored',
      valueRange: [0, 900],
    } satisfies typeof base
    expect(windowsFor(mr).map(({ window }) => window)).toEqual([
      base.defaultWindow,
      { windowCenter: 450, windowWidth: 900 },
    ])
    expect(windowsFor({ ...mr, valueRange: [7, 7] })).toHaveLength(1)
    expect(windowsFor({ ...base, unit: 'stored' })[0]?.name).toBe('As opened')
  })
})
