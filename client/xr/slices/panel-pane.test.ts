import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { PoseSample } from '../../../shared/protocol/pose-sample.ts'
import type { VolumeManifest } from '../../../shared/volume/manifest.ts'
import type { ConferenceSession } from '../../conference/conference-session.ts'
import type { ConferenceView, ParticipantView } from '../../conference/conference-view.ts'
import { emptyView } from '../../conference/view-of.ts'
import { SliceStation } from '../../slices/slice-station.ts'
import type { Slice, SliceRequest, Voxels } from '../../voxels/voxels.ts'
import { PanelPane } from './panel-pane.ts'

const manifest = {
  volumeId: 'now',
  modality: 'CT',
  unit: 'HU',
  frameOfReferenceUID: '1.2',
  dims: [64, 64, 32],
  patientFromVoxel: [0.9, 0, 0, -28, 0, 0.9, 0, -28, 0, 0, 2, -31, 0, 0, 0, 1],
} as Partial<VolumeManifest> as VolumeManifest

/** Voxels that answer when the test says so. */
class Slow {
  readonly manifest = manifest
  readonly #asked: [SliceRequest, (slice: Slice) => void][] = []

  slice(request: SliceRequest, onSlice: (slice: Slice) => void): () => void {
    this.#asked.push([request, onSlice])
    return () => undefined
  }

  lookAt(): void {}

  answer(): void {
    const [request, onSlice] = this.#asked.at(-1) ?? []
    if (!request) throw new Error('no slice was asked for')
    const values = new Float32Array(request.columns * request.rows)
    onSlice?.({ ...request, values, sharp: true })
  }
}

let view: ConferenceView
let voxels: Slow | undefined
let station: SliceStation
let painted: number
let changed: () => void
let sampled: (samples: ReadonlyMap<number, PoseSample>) => void

beforeEach(() => {
  // what a page hears of its network
  const page = new EventTarget()
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  voxels = new Slow()
  const opening = emptyView({ participantId: 'ada', role: 'attending', displayName: 'Ada' })
  const other = { poseIndex: 7, colour: '#56b4e9', initials: 'BO', isMe: false, presents: false }
  const participants = [other as Partial<ParticipantView> as ParticipantView]
  view = { ...opening, shownVolumeId: 'now', me: { ...opening.me, presents: true }, participants }
  const session: Partial<ConferenceSession> = {
    getSnapshot: () => view,
    may: () => 'yes',
    subscribe: (listener) => {
      changed = listener
      return () => undefined
    },
    onSamples: (listener) => {
      sampled = listener
      return () => undefined
    },
  }
  station = new SliceStation({
    session: session as ConferenceSession,
    volumes: [manifest],
    voxelsOf: () => voxels as unknown as Voxels | undefined,
    say: () => undefined,
    askForText: async () => undefined,
    draftWindow: () => undefined,
    showLaser: () => undefined,
  })
  const pane = new PanelPane({
    kind: 'axial',
    station,
    size: { width: 300, height: 300 },
    ratio: 1,
    onChange: () => painted++,
  })
  painted = 0
  return () => {
    pane.dispose()
    station.dispose()
    vi.unstubAllGlobals()
  }
})

const head = { position: [0, 1.6, 1], rotation: [0, 0, 0, 1] } as const
const others = (sample: PoseSample) => sampled(new Map([[7, sample]]))

describe('[CASE-4] a slice in the room is painted anew', () => {
  it.each<[string, () => void]>([
    ['its plane is passed through', () => station.move({ crosshairMm: [1, 2, 3] }, 'passing')],
    ['the slab is thicker', () => station.move({ slabMm: 8 }, 'passing')],
    ['the voxels have come', () => voxels?.answer()],
    ['a window is dragged', () => station.draftWindow({ windowCenter: 40, windowWidth: 350 })],
    [
      'a mark is being drawn',
      () => {
        station.setPreview({ kind: 'point', pointsMm: [[0, 0, 0]] })
      },
    ],
    [
      'somebody points at it',
      () => {
        others({ head, laser: { origin: [0, 1, 1], end: [0, 0, 0], touches: true } })
      },
    ],
    [
      'a segment is shown',
      () => {
        const segments = [{ volumeId: 'now', labelId: '1', visible: true, opacity: 1 }]
        view = { ...view, segments }
        changed()
      },
    ],
    [
      'its voxels are to be had no more',
      () => {
        voxels = undefined
        changed()
      },
    ],
  ])('when %s', (_, happens) => {
    happens()
    expect(painted).toBe(1)
  })

  it('not when somebody only moves their head, nor for the same laser once more', () => {
    others({ head })
    others({ head: { ...head, position: [0.1, 1.6, 1] } })
    expect(painted).toBe(0)
    const laser = { origin: [0, 1, 1], end: [0, 0, 0], touches: true } as const
    others({ head, laser })
    others({ head, laser: { ...laser } })
    expect(painted).toBe(1)
  })
})
