import { describe, expect, it } from 'vitest'
import {
  type Alignment,
  boxInPrior,
  middleOnMiddle,
  patientAxes,
  patientFromPrior,
  planeInPrior,
  planesOfBox,
  priorFromPatient,
  shifted,
  turnDegrees,
  turned,
} from './prior-alignment.ts'
import { noTurn, rotate, turnAbout } from './quaternion.ts'
import { compose, transformPoint, type Vec3 } from './transform.ts'
import { add, dot, subtract } from './vector.ts'

const pivot: Vec3 = [-41.5, 213.25, 1007.5]
const oblique: Alignment = {
  translationMm: [12.5, -80.25, 33],
  rotation: turnAbout([0.3, -1, 0.45], 0.7),
}
const points: readonly Vec3[] = [pivot, [0, 0, 0], [120.5, 90, 1200], [-77, 301.5, 888.125]]

function near(a: readonly number[], b: readonly number[], digits = 9): void {
  expect(a).toHaveLength(b.length)
  for (const [n, value] of a.entries()) expect(value).toBeCloseTo(b[n] as number, digits)
}

describe('where a prior lies', () => {
  it('[CASE-6] in one frame of reference every point is where it was', () => {
    const same = patientFromPrior({ translationMm: [0, 0, 0], rotation: noTurn }, pivot)
    for (const point of points) near(transformPoint(same, point), point, 12)
  })

  it('[CASE-6] turns about the middle of the prior and moves as the state has it', () => {
    const matrix = patientFromPrior(oblique, pivot)
    near(transformPoint(matrix, pivot), add(pivot, oblique.translationMm))
    for (const q of points) {
      const turnedArm = rotate(oblique.rotation, subtract(q, pivot))
      near(transformPoint(matrix, q), add(add(turnedArm, pivot), oblique.translationMm))
    }
  })

  it('[CASE-6] a quarter turn to the left takes what is left to the back', () => {
    const quarter = {
      translationMm: [0, 0, 0] as const,
      rotation: turnAbout([0, 0, 1], Math.PI / 2),
    }
    near(
      transformPoint(patientFromPrior(quarter, pivot), add(pivot, [50, 0, 7])),
      add(pivot, [0, 50, 7]),
    )
  })

  it('the way back leads back', () => {
    const there = patientFromPrior(oblique, pivot)
    const back = priorFromPatient(oblique, pivot)
    for (const point of points) {
      near(transformPoint(compose(back, there), point), point, 8)
      near(transformPoint(compose(there, back), point), point, 8)
    }
  })
})

describe('what cuts both', () => {
  it('[CASE-6] a clipping plane keeps the same anatomy of the prior', () => {
    const plane = { normal: [0.48, -0.6, 0.64] as const, offsetMm: 512.5 }
    const carried = planeInPrior(plane, oblique, pivot)
    const toShown = patientFromPrior(oblique, pivot)
    for (const q of points) {
      const beyond = dot(plane.normal, transformPoint(toShown, q)) - plane.offsetMm
      expect(dot(carried.normal, q) - carried.offsetMm).toBeCloseTo(beyond, 8)
    }
  })

  it('[CASE-6] a crop box is a box where nothing is turned, and six planes where it is', () => {
    const box = { minMm: [-10, 20, 900] as const, maxMm: [60, 95, 1100] as const }
    const moved = shifted(middleOnMiddle(pivot, pivot), [5, -2, 30])
    expect(boxInPrior(box, moved)).toEqual({ minMm: [-15, 22, 870], maxMm: [55, 97, 1070] })
    expect(boxInPrior(box, oblique)).toBeUndefined()
    const inside = (p: Vec3) =>
      [0, 1, 2].every(
        (n) => (p[n] ?? 0) >= (box.minMm[n] ?? 0) && (p[n] ?? 0) <= (box.maxMm[n] ?? 0),
      )
    const planes = planesOfBox(box).map((plane) => planeInPrior(plane, oblique, pivot))
    const back = priorFromPatient(oblique, pivot)
    let insides = 0
    for (let n = 0; n < 500; n++) {
      const p: Vec3 = [-30 + ((n * 37) % 110), (n * 53) % 120, 850 + ((n * 71) % 300)]
      const q = transformPoint(back, p)
      const kept = planes.every(({ normal, offsetMm }) => dot(normal, q) >= offsetMm - 1e-9)
      expect(kept).toBe(inside(p))
      if (kept) insides++
    }
    expect(insides).toBeGreaterThan(20)
  })
})

describe('aligning by hand', () => {
  it('[CASE-6] puts middle on middle', () => {
    const shown: Vec3 = [3, 4.5, -200]
    const aligned = middleOnMiddle(shown, pivot)
    near(transformPoint(patientFromPrior(aligned, pivot), pivot), shown)
    expect(turnDegrees(aligned.rotation)).toBe(0)
  })

  it('[CASE-6] a nudge moves by whole millimetres along the patient, however it is turned', () => {
    const nudged = shifted(oblique, [0, -1, 0])
    for (const q of points) {
      near(
        transformPoint(patientFromPrior(nudged, pivot), q),
        add(transformPoint(patientFromPrior(oblique, pivot), q), [0, -1, 0]),
      )
    }
  })

  it('[CASE-6] a nudge turns on the spot, and back again', () => {
    for (const axis of patientAxes) {
      const there = turned(oblique, axis, 5)
      near(
        transformPoint(patientFromPrior(there, pivot), pivot),
        transformPoint(patientFromPrior(oblique, pivot), pivot),
      )
      near(turned(there, axis, -5).rotation, oblique.rotation)
    }
    expect(turnDegrees(turned(middleOnMiddle(pivot, pivot), [0, 0, 1], -5).rotation)).toBeCloseTo(5)
  })
})
