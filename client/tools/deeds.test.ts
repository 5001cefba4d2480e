import { afterEach, beforeEach, expect, it } from 'vitest'
import { heldSpace } from '../../test/support/held-space.ts'
import {
  addPlane,
  flipLastPlane,
  lifeSize,
  nextPreset,
  pushLastPlane,
  removeLastPlane,
  stepWindow,
} from './deeds.ts'
import { planeKinds } from './planes.ts'

let held: ReturnType<typeof heldSpace>
beforeEach(() => {
  held = heldSpace()
})
afterEach(() => held.dispose())

it('[CASE-2] the last plane is flipped, pushed no further than the volume, and removed', () => {
  const { session, patient } = held.space
  const [, , sagittal] = planeKinds
  expect(addPlane(session, sagittal, patient.corners)).toBe(true)
  flipLastPlane(session)
  pushLastPlane(session, 1e6, patient.corners)
  removeLastPlane(session)
  removeLastPlane(session)
  const rightFace = 180 + 0.35
  expect(held.asked).toMatchObject([
    { type: 'setClippingPlane', planeId: 'plane-1', normal: [1, 0, 0] },
    { type: 'setClippingPlane', planeId: 'plane-1', normal: [-1, 0, 0] },
    { type: 'setClippingPlane', planeId: 'plane-1', offsetMm: expect.closeTo(rightFace, 6) },
    { type: 'removeClippingPlane', planeId: 'plane-1' },
  ])
})

it('[XR-3] life size keeps the place and the turn', () => {
  const { session } = held.space
  const before = { position: [1, 2, 3], rotation: [0, 0.6, 0, 0.8], scale: 3 } as const
  void session.command({ type: 'setVolumePose', ...before })
  lifeSize(session)
  expect(held.asked.at(-1)).toEqual({ type: 'setVolumePose', ...before, scale: 1 })
})

it('[CASE-3] presets follow each other round; a step of the window is an arrow key’s', () => {
  const { session } = held.space
  nextPreset(session, 'CT')
  stepWindow(session, 12, -12)
  expect(held.asked).toEqual([
    { type: 'setPreset', presetId: 'ct-soft-tissue' },
    { type: 'setWindow', windowCenter: 24, windowWidth: 416 },
  ])
})
