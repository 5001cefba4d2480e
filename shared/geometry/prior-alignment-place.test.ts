import { expect, it } from 'vitest'
import { type Alignment, patientFromPrior } from './prior-alignment.ts'
import { asideOf, priorPose } from './prior-alignment-place.ts'
import { noTurn, turnAbout } from './quaternion.ts'
import { compose, transformPoint, type Vec3 } from './transform.ts'
import { add, subtract } from './vector.ts'
import { type VolumePose, worldFromPatient } from './volume-pose.ts'

const pose: VolumePose = {
  position: [0.2, 1.4, -0.9],
  rotation: turnAbout([0.4, 1, -0.3], 1.2),
  scale: 1.7,
}
const shownMiddleMm: Vec3 = [12, -40.5, 310]
const priorMiddleMm: Vec3 = [-7.5, 98, -1203.25]
const alignment: Alignment = {
  translationMm: [18, -140, 1515],
  rotation: turnAbout([-0.6, 0.2, 1], 0.4),
}
const points: readonly Vec3[] = [
  priorMiddleMm,
  add(priorMiddleMm, [100, 0, 0]),
  add(priorMiddleMm, [-30, 75, -120]),
]

function near(a: readonly number[], b: readonly number[]): void {
  for (const [n, value] of a.entries()) expect(value).toBeCloseTo(b[n] as number, 9)
}

it('[CASE-6] in one place the prior’s anatomy is where the alignment puts it in the shown patient', () => {
  const standing = { pose, shownMiddleMm, priorMiddleMm, alignment, asideMm: 0 }
  const worldFromPrior = worldFromPatient(priorPose(standing), priorMiddleMm)
  const expected = compose(
    worldFromPatient(pose, shownMiddleMm),
    patientFromPrior(alignment, priorMiddleMm),
  )
  for (const q of points) near(transformPoint(worldFromPrior, q), transformPoint(expected, q))
})

it('[CASE-6] beside it stands to the right of who faces it, at the same height, turned the same', () => {
  const standing = { pose, shownMiddleMm, priorMiddleMm, alignment, asideMm: 0 }
  const inPlace = worldFromPatient(priorPose(standing), priorMiddleMm)
  const beside = worldFromPatient(priorPose({ ...standing, asideMm: 400 }), priorMiddleMm)
  for (const q of points) {
    near(subtract(transformPoint(beside, q), transformPoint(inPlace, q)), [0.4 * 1.7, 0, 0])
  }
})

it('[CASE-6] upright and facing the viewer, it stands at the patient’s left: the viewer’s right', () => {
  const upright = { position: [0, 1.3, -0.8] as const, rotation: noTurn, scale: 1 }
  const same = { translationMm: [0, 0, 0] as const, rotation: noTurn }
  const standing = { pose: upright, shownMiddleMm, priorMiddleMm: shownMiddleMm, alignment: same }
  expect(priorPose({ ...standing, asideMm: 250 })).toEqual({
    position: [0.25, 1.3, -0.8],
    rotation: noTurn,
    scale: 1,
  })
})

it('[CASE-6] is clear of the wider box, a cylinder in it also while both are turned', () => {
  const box = (w: number, d: number, h: number) =>
    [0, w].flatMap((x) => [0, d].flatMap((y) => [0, h].map((z): Vec3 => [x, y, z])))
  expect(asideOf([box(400, 300, 1000), box(200, 220, 150)])).toBeCloseTo(460)
  expect(asideOf([box(200, 220, 150), box(180, 420, 150)])).toBeCloseTo(483)
  expect(asideOf([[], []])).toBe(0)
})
