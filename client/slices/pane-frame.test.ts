import { expect, it } from 'vitest'
import { noTurn, turnAbout } from '../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { add, dot, length, scale, subtract } from '../../shared/geometry/vector.ts'
import { paneAxes } from './pane-axes.ts'
import { PaneFrame, panned, volumeBox, wholeBox, zoomed } from './pane-frame.ts'

/** Anisotropic, mirrored in i, sheared as by a tilted gantry. */
const volume = {
  dims: [64, 80, 20] as Vec3,
  patientFromVoxel: [-0.9, 0, 0, 40, 0, 0.8, 0, -30, 0, 0.3, 4, 100, 0, 0, 0, 1],
}
const size = { width: 300, height: 200 }
const box = volumeBox(volume)
const frameOf = (kind: 'axial' | 'coronal' | 'oblique', look = wholeBox, turn = noTurn) =>
  new PaneFrame({
    axes: paneAxes(kind, turn),
    box,
    throughMm: [5, -10, 120],
    look,
    size,
    turns: kind === 'oblique',
  })
const turned = turnAbout([1, 1, 0.4], 0.6)

it('a pixel and its place in the patient are each other’s, on a turned plane too', () => {
  const frame = frameOf('oblique', { zoom: 2.5, panMm: [4, -7] }, turned)
  const point = frame.pointAt({ x: 40, y: 180 })
  expect(frame.placeOf(point).x).toBeCloseTo(40, 9)
  expect(frame.placeOf(point).y).toBeCloseTo(180, 9)
  expect(frame.depthOf(point)).toBeCloseTo(0, 9)
  expect(frame.depthOf([5, -10, 120])).toBeCloseTo(0, 9)
})

it('the whole box is within the pane at first', () => {
  const frame = frameOf('axial')
  for (const corner of box.corners) {
    const { x, y } = frame.placeOf(corner)
    expect(x > 0 && x < size.width && y > 0 && y < size.height).toBe(true)
  }
})

it('what is zoomed stays under the pointer, and what is dragged goes with it', () => {
  const at = { x: 220, y: 30 }
  const before = frameOf('coronal')
  const after = frameOf('coronal', zoomed(wholeBox, before, at, 3))
  const moved = subtract(before.pointAt(at), after.pointAt(at))
  expect(length(moved)).toBeCloseTo(0, 9)
  expect(after.mmPerPx).toBeCloseTo(before.mmPerPx / 3, 12)
  const dragged = frameOf('coronal', panned(wholeBox, before.mmPerPx, 12, -5))
  const place = dragged.placeOf(before.pointAt(at))
  expect(place.x).toBeCloseTo(232, 9)
  expect(place.y).toBeCloseTo(25, 9)
})

it('samples of a plane lie in the middles of its pixels, however many there are of them', () => {
  const frame = frameOf('oblique', wholeBox, turned)
  for (const perPx of [1, 2, 0.5]) {
    const { originMm, columnMm, rowMm, columns, rows } = frame.plane(perPx)
    expect([columns, rows]).toEqual([300 * perPx, 200 * perPx])
    const last = add(add(originMm, scale(columnMm, columns - 1)), scale(rowMm, rows - 1))
    const { x, y } = frame.placeOf(last)
    expect(x).toBeCloseTo(300 - 0.5 / perPx, 9)
    expect(y).toBeCloseTo(200 - 0.5 / perPx, 9)
    expect(dot(columnMm, rowMm)).toBeCloseTo(0, 12)
  }
})
