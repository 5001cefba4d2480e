import { describe, expect, it } from 'vitest'
import type { Prior } from '../../shared/conference/looks.ts'
import { patientFromPrior } from '../../shared/geometry/prior-alignment.ts'
import { noTurn, turnAbout } from '../../shared/geometry/quaternion.ts'
import { transformPoint, type Vec3 } from '../../shared/geometry/transform.ts'
import { dot } from '../../shared/geometry/vector.ts'
import { priorLook, type SharedLook, shares } from './prior-volume-look.ts'

const middle: Vec3 = [10, -20, 300]
const look: SharedLook = {
  presetId: 'ct-bone',
  window: { windowCenter: 400, windowWidth: 1800 },
  planes: [{ planeId: 'a', normal: [0, 0, 1], offsetMm: 280, enabled: true }],
  curve: [
    { at: 0, r: 0, g: 0, b: 0, opacity: 0 },
    { at: 1, r: 1, g: 1, b: 1, opacity: 1 },
  ],
  renderMode: 'isosurface',
  isoValue: 250,
  cropBox: { minMm: [-50, -60, 250], maxMm: [50, 60, 340], enabled: true },
}
const prior: Prior = {
  volumeId: 'then',
  arrangement: 'blended',
  blend: 0.25,
  alignment: 'by-hand',
  translationMm: [5, 0, -40],
  rotation: noTurn,
  alignedBy: 'Dr Okafor',
}
const ct = {
  modality: 'CT',
  unit: 'HU' as const,
  defaultWindow: { windowCenter: 40, windowWidth: 400 },
  valueRange: [-1024, 3071] as [number, number],
}
const mr = (windowWidth: number) => ({
  modality: 'MR',
  unit: 'stored' as const,
  defaultWindow: { windowCenter: windowWidth / 2, windowWidth },
  valueRange: [0, 2 * windowWidth] as [number, number],
})
const both = (of: typeof ct | ReturnType<typeof mr>) => ({
  shown: of,
  prior: of,
  priorMiddleMm: middle,
})

describe('a prior is seen as the shown volume is', () => {
  it('[CASE-6] in the same window, curve and mode, cut at the same anatomy', () => {
    const seen = priorLook(look, prior, both(ct))
    expect(seen).toMatchObject({
      presetId: 'ct-bone',
      window: look.window,
      curve: look.curve,
      renderMode: 'isosurface',
      isoValue: 250,
      opacity: 0.25,
      added: true,
      planes: [{ planeId: 'a', normal: [0, 0, 1], offsetMm: 320, enabled: true }],
      cropBox: { minMm: [-55, -60, 290], maxMm: [45, 60, 380], enabled: true },
    })
  })

  it('[CASE-6] in values of its own where MR has no common scale', () => {
    const volumes = { shown: mr(400), prior: mr(1200), priorMiddleMm: middle }
    const half = { windowCenter: 250, windowWidth: 200 }
    const seen = priorLook({ ...look, window: half, isoValue: 300 }, prior, volumes)
    expect(seen.window).toEqual({ windowCenter: 750, windowWidth: 600 })
    expect(seen.isoValue).toBe(900)
  })

  it('[CASE-6] at the same SUV where PET is scaled otherwise', () => {
    const pet = (suvbwFactor: number) => ({
      ...ct,
      modality: 'PT',
      unit: 'Bq/ml' as const,
      suvbwFactor,
    })
    const volumes = { shown: pet(0.0002), prior: pet(0.0004), priorMiddleMm: middle }
    const suv5 = { windowCenter: 25_000, windowWidth: 50_000 }
    const seen = priorLook({ ...look, window: suv5 }, prior, volumes)
    expect(seen.window).toEqual({ windowCenter: 12_500, windowWidth: 25_000 })
  })

  it('[CASE-6] of another modality in its own opening look, cut all the same', () => {
    const volumes = { shown: ct, prior: mr(900), priorMiddleMm: middle }
    const seen = priorLook(look, prior, volumes)
    expect(seen.presetId).toMatch(/^mr/)
    expect(seen).toMatchObject({
      window: mr(900).defaultWindow,
      curve: [],
      renderMode: 'composite',
    })
    expect(seen.planes).toHaveLength(1)
  })

  it('[CASE-6] a turned box is cut by planes, as far as the six reach', () => {
    const oblique = { ...prior, rotation: turnAbout([1, 2, -1], 0.5) }
    const seen = priorLook(look, oblique, both(ct))
    expect(seen.cropBox).toBeUndefined()
    expect(seen.planes).toHaveLength(6)
    const toShown = patientFromPrior(oblique, middle)
    const [first] = look.planes
    for (const q of [middle, [0, 0, 0], [70, -3, 333]] as const) {
      const p = transformPoint(toShown, q)
      const kept = seen.planes.map(({ normal, offsetMm }) => dot(normal, q) - offsetMm)
      expect(kept[0]).toBeCloseTo(dot(first!.normal, p) - first!.offsetMm, 6)
      expect(kept[1]).toBeCloseTo(p[0] + 50, 6)
      expect(kept[2]).toBeCloseTo(50 - p[0], 6)
    }
    const off = { ...look, cropBox: { ...look.cropBox!, enabled: false } }
    expect(priorLook(off, oblique, both(ct))).toMatchObject({ cropBox: { enabled: false } })
    expect(priorLook(off, oblique, both(ct)).planes).toHaveLength(1)
  })
})

it('[CASE-6] shares the picture in one place, and is there whole beside it', () => {
  expect(shares(prior)).toEqual({ shown: 0.75, prior: 0.25 })
  expect(shares({ ...prior, arrangement: 'beside' })).toEqual({ shown: 1, prior: 1 })
  const beside = priorLook(look, { ...prior, arrangement: 'beside' }, both(ct))
  expect(beside).toMatchObject({ opacity: 1, added: false })
})
