import { describe, expect, it } from 'vitest'
import { boxCorners } from '../../shared/geometry/box-cut.ts'
import { transform } from '../../shared/geometry/transform.ts'
import {
  cropFaces,
  faceMm,
  middleOfFace,
  wholeBox,
  withFaceAt,
  withFaceMm,
} from './crop-handles-box.ts'

const [c, s] = [Math.cos(0.5), Math.sin(0.5)]
/** Turned about the body's axis, of uneven spacing, and off the origin. */
const askew = transform<'patient', 'voxel'>([
  ...[2 * c, -0.5 * s, 0, 10],
  ...[2 * s, 0.5 * c, 0, -20],
  ...[0, 0, 3, 5],
  ...[0, 0, 0, 1],
])
const box = { minMm: [-10, -20, -30], maxMm: [12, 24, 36], enabled: true } as const

describe('a crop box', () => {
  it('[CASE-2] opens around the whole of a volume that lies askew', () => {
    const corners = boxCorners(askew, [20, 40, 10])
    const { minMm, maxMm } = wholeBox(corners)
    for (const corner of corners)
      for (const axis of [0, 1, 2] as const) {
        expect(corner[axis]).toBeGreaterThanOrEqual(minMm[axis])
        expect(corner[axis]).toBeLessThanOrEqual(maxMm[axis])
      }
    expect(maxMm[2] - minMm[2]).toBeCloseTo(30)
    expect(maxMm[0] - minMm[0]).toBeCloseTo(40 * c + 20 * s)
  })

  it('[CASE-2] counts each face in its own letter’s direction', () => {
    const counted = cropFaces.map((face) => [face.letter, faceMm(box, face)])
    expect(Object.fromEntries(counted)).toEqual({ R: 10, L: 12, A: 20, P: 24, F: 30, H: 36 })
    for (const face of cropFaces) {
      const moved = withFaceMm(box, face, 7.5)
      expect(faceMm(moved, face)).toBe(7.5)
      for (const other of cropFaces.filter((one) => one !== face)) {
        expect(faceMm(moved, other)).toBe(faceMm(box, other))
      }
    }
  })

  it('a face stops a millimetre before the opposite one', () => {
    for (const face of cropFaces) {
      const far = face.end === 'minMm' ? 1000 : -1000
      const { minMm, maxMm } = withFaceAt(box, face, far)
      expect(maxMm[face.axis] - minMm[face.axis]).toBeCloseTo(1)
    }
  })

  it('a face’s middle lies in it', () => {
    expect(cropFaces.map((face) => middleOfFace(box, face))).toEqual([
      [-10, 2, 3],
      [12, 2, 3],
      [1, -20, 3],
      [1, 24, 3],
      [1, 2, -30],
      [1, 2, 36],
    ])
  })
})
