import { expect, it } from 'vitest'
import { noTurn } from '../../shared/geometry/quaternion.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import type { Voxels } from '../voxels/voxels.ts'
import { paneAxes } from './pane-axes.ts'
import { PaneFrame, volumeBox, wholeBox } from './pane-frame.ts'
import { spaceOf } from './pane-space.ts'
import type { SlicePane } from './slice-pane.ts'
import type { SliceSource } from './slice-source.ts'
import { sliceTools } from './tools/index.ts'
import { phantomSlice } from './tools/test-support/phantom-slice.ts'

const { space: phantom, notices } = phantomSlice()
const { session, volume } = phantom

const sourceOf = (manifest: VolumeManifest, value: number): SliceSource => ({
  voxels: { manifest, valueAt: async () => value } as unknown as Voxels,
  window: { windowCenter: 40, windowWidth: 400 },
  map: 'grey',
})
const shown = sourceOf(volume, 60)
const prior = sourceOf({ ...volume, volumeId: 'last year', unit: 'Bq/ml', suvbwFactor: 2 }, 9000)

const frame = new PaneFrame({
  axes: paneAxes('axial', noTurn),
  box: volumeBox(volume),
  throughMm: volumeBox(volume).centreMm,
  look: wholeBox,
  size: { width: 200, height: 180 },
  turns: false,
})
const spaceIn = (shows: 'shown' | 'prior') => {
  const parts = { session, say: (text: string) => notices.push(text) }
  const station = { getNow: () => ({ volume, shown, prior }), parts, setPreview: () => undefined }
  const source = shows === 'prior' ? prior : shown
  return spaceOf({ station, shows, source, frame } as unknown as SlicePane)!
}

it('[CASE-6] a mark of the shown volume never holds the values of the prior beside it', async () => {
  for (const shows of ['shown', 'prior'] as const) {
    const space = spaceIn(shows)
    expect([space.volume.unit, await space.valueAt([0, 0, 0])]).toEqual(['HU', 60])
  }
})

it('[CASE-6] beside the shown volume lengths are drawn, and that values are not read is said', () => {
  const at = { x: 90, y: 80 }
  for (const tool of ['probe', 'ellipse', 'freehand'] as const) {
    notices.length = 0
    expect(sliceTools[tool]?.begin(spaceIn('shown'), at)).toBeDefined()
    expect(notices).toEqual([])
    expect(sliceTools[tool]?.begin(spaceIn('prior'), at)).toBeUndefined()
    expect(notices).toEqual([expect.stringMatching(/shown series.*prior/)])
  }
  expect(sliceTools.length?.begin(spaceIn('prior'), at)).toBeDefined()
})
