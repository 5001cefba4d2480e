import { expect, it } from 'vitest'
import { noTurn } from '../../shared/geometry/quaternion.ts'
import type { Slice, Voxels } from '../voxels/voxels.ts'
import { paneAxes } from './pane-axes.ts'
import { PaneCuts } from './pane-cuts.ts'
import { PaneFrame, volumeBox, wholeBox } from './pane-frame.ts'
import type { SliceSource } from './slice-source.ts'

/** Voxels that answer every slice at once. */
const voxels = {
  slice(request, onSlice: (slice: Slice) => void) {
    const values = new Float32Array(request.columns * request.rows)
    onSlice({ ...request, values, sharp: true })
    return () => undefined
  },
  lookAt: () => undefined,
} satisfies Pick<Voxels, 'slice' | 'lookAt'>

it('[CASE-6] a prior that stays beside another series is cut again, once cuts are forgotten', () => {
  const axes = paneAxes('axial', noTurn)
  const box = volumeBox({
    dims: [64, 64, 32],
    patientFromVoxel: [0.9, 0, 0, -28, 0, 0.9, 0, -28, 0, 0, 2, -31, 0, 0, 0, 1],
  })
  const frameOf = () =>
    new PaneFrame({
      axes,
      box,
      throughMm: box.centreMm,
      look: wholeBox,
      size: { width: 80, height: 60 },
      turns: false,
    })
  const prior: SliceSource = {
    voxels: voxels as unknown as Voxels,
    window: { windowCenter: 40, windowWidth: 400 },
    map: 'grey',
  }
  const cuts = new PaneCuts('axial beside', () => undefined)
  const show = () => {
    const frame = frameOf()
    cuts.ask([prior], {
      frame,
      crosshairMm: box.centreMm,
      ratio: 1,
      slabMm: 0,
      projection: 'average',
      labelIds: [],
    })
    return cuts.state(frame, 2)
  }
  expect(show()).toBe('sharp')
  // another reconstruction of the same scan is shown: the same planes, of the same prior
  cuts.forget()
  expect(show()).toBe('sharp')
  cuts.dispose()
})
