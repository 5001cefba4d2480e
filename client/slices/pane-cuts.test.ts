import { describe, expect, it } from 'vitest'
import { noTurn } from '../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { Slab } from '../../shared/volume/slice.ts'
import { ReadFailure } from '../voxels/read-failure.ts'
import type { Slice, SliceRequest, Voxels } from '../voxels/voxels.ts'
import { type PaneKind, paneAxes } from './pane-axes.ts'
import { type LabelSource, PaneCuts } from './pane-cuts.ts'
import { PaneFrame, type PaneLook, volumeBox, wholeBox } from './pane-frame.ts'
import type { SliceSource } from './slice-source.ts'

const grid = {
  dims: [64, 64, 32] as const,
  patientFromVoxel: [0.9, 0, 0, -28, 0, 0.9, 0, -28, 0, 0, 2, -31, 0, 0, 0, 1],
}
const box = volumeBox(grid)

function sliceOf(request: SliceRequest): Slice {
  const values = new Float32Array(request.columns * request.rows)
  const labels = Object.fromEntries((request.labelIds ?? []).map((id) => [id, new Uint8Array(1)]))
  return { ...request, values, sharp: true, labels }
}

/** Voxels that answer every slice at once, until told otherwise. */
function answering(volumeId: string) {
  const asked: SliceRequest[] = []
  let how: 'at once' | 'later' | ReadFailure = 'at once'
  const waiting: (() => void)[] = []
  const voxels = {
    manifest: { volumeId },
    slice(request, onSlice, onFailure) {
      asked.push(request)
      if (how === 'at once') onSlice(sliceOf(request))
      else if (how === 'later') waiting.push(() => onSlice(sliceOf(request)))
      else onFailure(how)
      return () => undefined
    },
    lookAt: () => undefined,
  } satisfies Pick<Voxels, 'slice' | 'lookAt'> & { manifest: { volumeId: string } }
  return {
    voxels: voxels as unknown as Voxels,
    asked,
    answers: (now: typeof how) => {
      how = now
    },
    answerAll: () => {
      for (const answer of waiting.splice(0)) answer()
    },
  }
}

const source = (voxels: Voxels): SliceSource => ({
  voxels,
  window: { windowCenter: 40, windowWidth: 400 },
  map: 'grey',
})

function pane() {
  const cuts = new PaneCuts('axial', () => undefined)
  const show = (
    sources: readonly SliceSource[],
    at: Partial<Pick<Slab, 'slabMm' | 'projection'>> & {
      kind?: PaneKind
      throughMm?: Vec3
      look?: PaneLook
      labels?: readonly LabelSource[]
    } = {},
  ) => {
    const { kind = 'axial', throughMm = box.centreMm, look = wholeBox, labels = [], ...slab } = at
    const frame = new PaneFrame({
      axes: paneAxes(kind, noTurn),
      box,
      throughMm,
      look,
      size: { width: 80, height: 60 },
      turns: false,
    })
    const crosshairMm = box.centreMm
    cuts.ask(sources, {
      ...{ frame, crosshairMm, ratio: 1, slabMm: 0, projection: 'average', labels },
      ...slab,
    })
    return cuts.state(2)
  }
  return { cuts, show }
}

it('[CASE-6] a prior that stays beside another series is cut again, once cuts are forgotten', () => {
  const { cuts, show } = pane()
  const prior = source(answering('prior').voxels)
  expect(show([prior])).toBe('sharp')
  // another reconstruction of the same scan is shown: the same planes, of the same prior
  cuts.forget()
  expect(show([prior])).toBe('sharp')
  cuts.dispose()
})

describe('[CASE-5] a slice that is still on screen', () => {
  it('is not taken for one of another plane, slab or volume that is as deep', () => {
    const { cuts, show } = pane()
    const ct = answering('ct')
    expect(show([source(ct.voxels)])).toBe('sharp')
    ct.answers('later')
    // all planes through the middle are as deep
    for (const kind of ['coronal', 'sagittal'] as const) {
      expect(show([source(ct.voxels)], { kind })).toBe('loading')
    }
    expect(show([source(ct.voxels)], { slabMm: 10, projection: 'mip' })).toBe('loading')
    ct.answerAll()
    expect(show([source(ct.voxels)], { slabMm: 10, projection: 'minip' })).toBe('loading')
    const other = answering('another')
    other.answers('later')
    expect(show([source(other.voxels)])).toBe('loading')
    cuts.dispose()
  })

  it('of another part of its plane is not sharp, whatever it was there', () => {
    const { cuts, show } = pane()
    const ct = answering('ct')
    show([source(ct.voxels)])
    ct.answers('later')
    expect(show([source(ct.voxels)], { look: { zoom: 2, panMm: [12, 0] } })).toBe('coarse')
    ct.answerAll()
    expect(cuts.state(2)).toBe('sharp')
    cuts.dispose()
  })
})

describe('[CASE-5] a slice that cannot be had', () => {
  const offline = new ReadFailure('network', 'The volume could not be fetched.')

  it('is said, nothing of another plane stands in for it, and it comes once it is tried again', () => {
    const { cuts, show } = pane()
    const ct = answering('ct')
    show([source(ct.voxels)])
    ct.answers(offline)
    expect(show([source(ct.voxels)], { throughMm: [0, 0, 12] })).toBe('failed')
    expect(cuts.failure).toEqual({ message: 'The volume could not be fetched.', coarse: false })
    expect(cuts.layers(1)).toEqual([])
    const asked = ct.asked.length
    ct.answers('at once')
    // nobody asks the network for it with every change of the conference
    expect(show([source(ct.voxels)], { throughMm: [0, 0, 12] })).toBe('failed')
    expect(ct.asked.length).toBe(asked)
    cuts.retry()
    expect(cuts.state(2)).toBe('sharp')
    expect(cuts.failure).toBeUndefined()
    expect(cuts.layers(1)).toHaveLength(1)
    cuts.dispose()
  })

  it('fails for its own plane alone', () => {
    const { cuts, show } = pane()
    const ct = answering('ct')
    ct.answers(offline)
    expect(show([source(ct.voxels)])).toBe('failed')
    ct.answers('at once')
    expect(show([source(ct.voxels)], { throughMm: [0, 0, 12] })).toBe('sharp')
    cuts.dispose()
  })

  it('stays as coarse as it came, and that is said', () => {
    const { cuts, show } = pane()
    const ct = answering('ct')
    show([source(ct.voxels)])
    ct.answers(offline)
    expect(show([source(ct.voxels)], { look: { zoom: 3, panMm: [0, 0] } })).toBe('failed')
    expect(cuts.failure?.coarse).toBe(true)
    expect(cuts.layers(1)).toHaveLength(1)
    cuts.dispose()
  })
})

describe('[CASE-6] segments of another volume in the same frame of reference', () => {
  it('are cut along the plane without their image, and their failure is the slice’s', () => {
    const { cuts, show } = pane()
    const [ct, planning] = [answering('ct'), answering('planning')]
    const labels = [
      { voxels: ct.voxels, labelIds: ['1'] },
      { voxels: planning.voxels, labelIds: ['3', '4'] },
    ]
    expect(show([source(ct.voxels)], { labels })).toBe('sharp')
    expect(ct.asked.at(-1)).toMatchObject({ labelIds: ['1'] })
    expect(planning.asked.at(-1)).toMatchObject({ labelIds: ['3', '4'], labelsAlone: true })
    expect(
      [...cuts.labelSlices()].map(([id, { labels }]) => [id, Object.keys(labels ?? {})]),
    ).toEqual([
      ['ct', ['1']],
      ['planning', ['3', '4']],
    ])
    expect(cuts.layers(1)).toHaveLength(1)
    planning.answers(new ReadFailure('damaged', 'broken'))
    expect(show([source(ct.voxels)], { labels, throughMm: [0, 0, 12] })).toBe('failed')
    // hidden again
    expect(show([source(ct.voxels)], { throughMm: [0, 0, 12] })).toBe('sharp')
    expect([...cuts.labelSlices()]).toEqual([])
    cuts.dispose()
  })
})
