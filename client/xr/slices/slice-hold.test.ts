import { afterEach, beforeEach, expect, it } from 'vitest'
import { distance } from '../../../shared/geometry/measure.ts'
import { turnAbout } from '../../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { dot } from '../../../shared/geometry/vector.ts'
import { heldSpace } from '../../../test/support/held-space.ts'
import { type PaneKind, paneAxes } from '../../slices/pane-axes.ts'
import { heldSheet, movedPlane } from './slice-hold.ts'

let held: ReturnType<typeof heldSpace>
beforeEach(() => {
  held = heldSpace()
})
afterEach(() => held.dispose())

const noTurn = [0, 0, 0, 1] as const
const grip = (position: Vec3, rotation = noTurn as ReturnType<typeof turnAbout>) => ({
  position,
  rotation,
})
const plane = (kind: PaneKind) => ({
  kind,
  axes: paneAxes(kind, noTurn),
  crosshairMm: held.space.patient.centreMm,
  obliqueRotation: noTurn,
})

it('[CASE-4] an orthogonal plane goes along its normal alone, however the hand turns', () => {
  const { patient } = held.space
  const from = grip([0.1, 1.2, -0.5])
  const to = grip([0.13, 1.25, -0.46], turnAbout([0, 1, 0], 0.8))
  for (const [kind, expected] of [
    ['axial', [0, 0, 50]],
    ['coronal', [0, -40, 0]],
    ['sagittal', [30, 0, 0]],
  ] as const) {
    const moved = movedPlane(plane(kind), from, to, patient)
    for (const n of [0, 1, 2] as const) {
      expect(moved.crosshairMm[n] - patient.centreMm[n]).toBeCloseTo(expected[n], 6)
    }
    expect(moved.obliqueRotation).toEqual(noTurn)
  }
})

it('[CASE-4] at twice life size the same hand moves it half as far', () => {
  const { patient } = held.space
  patient.setPose({ ...patient.pose, scale: 2 })
  const moved = movedPlane(plane('axial'), grip([0, 1.2, 0]), grip([0, 1.24, 0]), patient)
  expect(moved.crosshairMm[2] - patient.centreMm[2]).toBeCloseTo(20, 6)
})

it('[CASE-4] the oblique plane turns as the hand turns, about the hand', () => {
  const { patient } = held.space
  const at = patient.toWorld(patient.centreMm)
  // about the room's x: the patient's left; what faced the head leans to the viewer
  const moved = movedPlane(plane('oblique'), grip(at), grip(at, turnAbout([1, 0, 0], 0.5)), patient)
  const { normal } = paneAxes('oblique', moved.obliqueRotation)
  expect(dot(normal, [0, 0, 1])).toBeCloseTo(Math.cos(0.5), 6)
  expect(dot(normal, [0, -1, 0])).toBeCloseTo(Math.sin(0.5), 6)
  expect(distance(moved.crosshairMm, patient.centreMm)).toBeLessThan(1e-6)
})

it('[CASE-4] no plane leaves the volume', () => {
  const { patient } = held.space
  const { crosshairMm } = movedPlane(plane('axial'), grip([0, 0, 0]), grip([0, 3, 0]), patient)
  expect(crosshairMm[2]).toBeLessThanOrEqual(Math.max(...patient.corners.map(([, , z]) => z)))
})

it('[CASE-4] a sheet in the hand goes and turns with it', () => {
  const sheet = { position: [0, 1, -0.5], rotation: noTurn } as const
  const turned = heldSheet(
    sheet,
    grip([0, 1, -0.3]),
    grip([0, 1, -0.3], turnAbout([0, 1, 0], 1.5707963267948966)),
  )
  expect(distance(turned.position, [-0.2, 1, -0.3])).toBeLessThan(1e-6)
})
