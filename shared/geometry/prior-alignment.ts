import { multiply, noTurn, type Quaternion, rotate, turnAbout, unit } from './quaternion.ts'
import { type Transform, transform, transformPoint, type Vec3 } from './transform.ts'
import { add, dot, scale, subtract } from './vector.ts'

/**
 * How a prior lies in the shown volume's patient space: `p = rotation · (q − pivot) + pivot +
 * translation`, q in the prior's patient space, mm. The pivot is the middle of the prior's box.
 */
export interface Alignment {
  readonly translationMm: Vec3
  readonly rotation: Quaternion
}

/** A plane that keeps the side dot(normal, p) ≥ offsetMm. */
interface Plane {
  readonly normal: Vec3
  readonly offsetMm: number
}

interface Box {
  readonly minMm: Vec3
  readonly maxMm: Vec3
}

/** The patient's directions that things are moved along and turned about. */
export const patientAxes: readonly Vec3[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
]

/** From the prior's patient space to the shown volume's. Both are `patient`: mind the direction. */
export function patientFromPrior(
  { translationMm, rotation }: Alignment,
  pivotMm: Vec3,
): Transform<'patient', 'patient'> {
  const [x, y, z] = patientAxes.map((axis) => rotate(rotation, axis)) as [Vec3, Vec3, Vec3]
  const [tx, ty, tz] = add(subtract(pivotMm, rotate(rotation, pivotMm)), translationMm)
  return transform([x[0], y[0], z[0], tx, x[1], y[1], z[1], ty, x[2], y[2], z[2], tz, 0, 0, 0, 1])
}

/** Takes a turn and a shift back; exact, where a general inverse would round. */
export function priorFromPatient(
  { translationMm, rotation: [x, y, z, w] }: Alignment,
  pivotMm: Vec3,
): Transform<'patient', 'patient'> {
  const back: Quaternion = [-x, -y, -z, w]
  return patientFromPrior(
    { translationMm: scale(rotate(back, translationMm), -1), rotation: back },
    pivotMm,
  )
}

/** A plane of the shown volume's space in the prior's: it keeps the same anatomy of both. */
export function planeInPrior(plane: Plane, alignment: Alignment, pivotMm: Vec3): Plane {
  const [x, y, z, w] = alignment.rotation
  const onPlane = scale(plane.normal, plane.offsetMm / dot(plane.normal, plane.normal))
  const normal = rotate([-x, -y, -z, w], plane.normal)
  const point = transformPoint(priorFromPatient(alignment, pivotMm), onPlane)
  return { normal, offsetMm: dot(normal, point) }
}

/** The six planes that keep what is inside a box along the patient's axes. */
export function planesOfBox({ minMm, maxMm }: Box): Plane[] {
  return patientAxes.flatMap((axis) => [
    { normal: axis, offsetMm: dot(axis, minMm) },
    { normal: scale(axis, -1), offsetMm: -dot(axis, maxMm) },
  ])
}

/** A box of the shown volume's space in the prior's, where the two are not turned to each other. */
export function boxInPrior({ minMm, maxMm }: Box, { translationMm, rotation }: Alignment) {
  if (turnDegrees(rotation) > 1e-6) return undefined
  return { minMm: subtract(minMm, translationMm), maxMm: subtract(maxMm, translationMm) }
}

/** The prior's middle on the shown volume's, not turned. */
export function middleOnMiddle(shownMiddleMm: Vec3, priorMiddleMm: Vec3): Alignment {
  return { translationMm: subtract(shownMiddleMm, priorMiddleMm), rotation: noTurn }
}

export function shifted(alignment: Alignment, byMm: Vec3): Alignment {
  return { ...alignment, translationMm: add(alignment.translationMm, byMm) }
}

/** Turned on the spot, about an axis of the shown patient through the prior's middle. */
export function turned(alignment: Alignment, axis: Vec3, degrees: number): Alignment {
  const turn = turnAbout(axis, (degrees * Math.PI) / 180)
  return { ...alignment, rotation: unit(multiply(turn, alignment.rotation)) }
}

/** 0…180. */
export function turnDegrees([x, y, z, w]: Quaternion): number {
  return (2 * Math.atan2(Math.hypot(x, y, z), Math.abs(w)) * 180) / Math.PI
}
