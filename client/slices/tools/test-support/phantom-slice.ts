import {
  invert,
  transform,
  transformPoint,
  type Vec3,
} from '../../../../shared/geometry/transform.ts'
import { add, cross, dot, normalize, scale, subtract } from '../../../../shared/geometry/vector.ts'
import type { PoseSample } from '../../../../shared/protocol/pose-sample.ts'
import type { VolumeManifest } from '../../../../shared/volume/manifest.ts'
import { regionGrid, regionStatistics } from '../../../../shared/volume/region.ts'
import { reslice } from '../../../../shared/volume/reslice.ts'
import type { SlicePlane } from '../../../../shared/volume/slice.ts'
import { chunked } from '../../../../shared/volume/test-support/chunked.ts'
import type { Asked, ConferenceSession } from '../../../conference/conference-session.ts'
import type { ConferenceView } from '../../../conference/conference-view.ts'
import { foresee } from '../../../conference/foresee.ts'
import { emptyView } from '../../../conference/view-of.ts'
import type { MarkPreview } from '../../../scene/stage-space.ts'
import type { SliceAt, SliceSpace } from '../../slice-space.ts'

/** Turned about all three axes, 0.7 × 0.9 × 2.3 mm. */
const i = normalize([0.93, 0.3, -0.2])
const k = normalize(cross(i, [0.1, 0.9, 0.4]))
const j = cross(k, i)
const columns = [scale(i, 0.7), scale(j, 0.9), scale(k, 2.3)] as const
const dims: Vec3 = [90, 80, 40]
export const patientFromVoxel = transform<'patient', 'voxel'>([
  ...[0, 1, 2].flatMap((row) => [...columns.map((axis) => axis[row]!), [-31.5, 12.25, 140][row]!]),
  ...[0, 0, 0, 1],
])
export const atVoxel = (voxel: Vec3): Vec3 => transformPoint(patientFromVoxel, voxel)
const voxelFromPatient = invert(patientFromVoxel)

/** The middle of a ball of 9 mm and 60 HU in −100 HU. */
export const ballMm = atVoxel([45.3, 40.6, 19.7])
const ballRadiusMm = 9

const level = chunked(
  {
    dims,
    patientFromVoxel,
    data: Int16Array.from({ length: dims[0] * dims[1] * dims[2] }, (_, n) => {
      const voxel: Vec3 = [
        n % dims[0],
        Math.floor(n / dims[0]) % dims[1],
        Math.floor(n / (dims[0] * dims[1])),
      ]
      return Math.hypot(...subtract(atVoxel(voxel), ballMm)) < ballRadiusMm ? 60 : -100
    }),
  },
  32,
)

const manifest = {
  volumeId: 'phantom',
  modality: 'CT',
  unit: 'HU',
  dims: [...dims] as [number, number, number],
  patientFromVoxel: [...patientFromVoxel],
} as VolumeManifest

/** A plane that lies along no voxel axis, through the middle of the ball. */
const normal = normalize([0.4, -0.35, 0.85])
const across = normalize(cross([0.2, 0.9, 0.1], normal))
const pixelMm = 0.4

const me = { participantId: 'ada', role: 'resident', displayName: 'Ada' } as const

/**
 * An oblique slice of an oblique, anisotropic phantom, with values cut and read as pages do, for a
 * person whose commands are answered at once and foreseen.
 */
export function phantomSlice() {
  const asked: Asked[] = []
  const previews: (MarkPreview | undefined)[] = []
  const notices: string[] = []
  const lasers: PoseSample['laser'][] = []
  let view: ConferenceView = {
    ...emptyView(me),
    shownVolumeId: manifest.volumeId,
  }
  let plane = planeThrough(ballMm)
  const session: Pick<ConferenceSession, 'command' | 'getSnapshot' | 'may'> = {
    getSnapshot: () => view,
    may: (type, annotationId) =>
      type === 'updateAnnotation' &&
      view.annotations.some((mark) => mark.annotationId === annotationId && !mark.mine)
        ? 'not-yours'
        : 'yes',
    command(command) {
      asked.push(command)
      view = foresee(view, command, '#56b4e9')
      return Promise.resolve({ ok: true, seq: asked.length })
    },
  }
  const space: SliceSpace = {
    session: session as ConferenceSession,
    volume: manifest,
    plane: () => plane,
    pointAt: ({ x, y }) =>
      add(plane.originMm, add(scale(plane.columnMm, x), scale(plane.rowMm, y))),
    region: async (outlineMm) => {
      const grid = regionGrid(level, outlineMm)
      return grid && regionStatistics(grid, reslice(level, grid.plane, { paddingValue: undefined }))
    },
    valueAt: async (pointMm) => {
      const [value] = reslice(level, { ...oneAt(pointMm) }, { paddingValue: undefined })
      return value === undefined || Number.isNaN(value) ? undefined : value
    },
    preview: (mark) => previews.push(mark),
    showLaser: (laser) => lasers.push(laser),
    askForText: async () => 'Seen before',
    notice: (text) => notices.push(text),
  }
  return {
    space,
    asked,
    previews,
    notices,
    lasers,
    /** The pixel over a point. */
    pixelOf(pointMm: Vec3): SliceAt {
      const off = subtract(pointMm, plane.originMm)
      const along = (step: Vec3) => dot(off, step) / dot(step, step)
      return { x: along(plane.columnMm), y: along(plane.rowMm) }
    },
    /** A point of the plane, mm across and down from the middle of the ball. */
    inPlane: (xMm: number, yMm: number): Vec3 =>
      add(ballMm, add(scale(normalize(plane.columnMm), xMm), scale(normalize(plane.rowMm), yMm))),
    scroll(mm: number): void {
      plane = planeThrough(add(ballMm, scale(normal, mm)))
    },
    /** Somebody else's hand changes the marks. */
    setView(change: (view: ConferenceView) => ConferenceView): void {
      view = change(view)
    },
    voxelOf: (pointMm: Vec3) => transformPoint(voxelFromPatient, pointMm),
  }
}

function planeThrough(middle: Vec3): SlicePlane {
  const columnMm = scale(across, pixelMm)
  const rowMm = scale(cross(normal, across), pixelMm)
  const originMm = add(middle, add(scale(columnMm, -100), scale(rowMm, -90)))
  return { originMm, columnMm, rowMm, columns: 200, rows: 180 }
}

const oneAt = (originMm: Vec3) =>
  ({
    originMm,
    columnMm: scale(across, pixelMm),
    rowMm: scale(cross(normal, across), pixelMm),
    columns: 1,
    rows: 1,
    slabMm: 0,
    projection: 'average',
  }) as const
