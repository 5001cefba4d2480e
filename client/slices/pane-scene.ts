import type { Voxels } from '../voxels/voxels.ts'
import { type CrosshairLine, crosshairLines } from './paint-crosshair.ts'
import type { PaintedLayer, SliceScene } from './paint-slice.ts'
import type { PaneKind } from './pane-axes.ts'
import type { LabelSource } from './pane-cuts.ts'
import type { PaneFrame } from './pane-frame.ts'
import { marksOn, type SliceMark } from './slice-marks.ts'
import { slicePlanes } from './slice-planes.ts'
import type { SliceAt } from './slice-space.ts'
import type { StationNow } from './slice-station.ts'
import { marksShown, previewOf } from './tools/index.ts'

/** Everything that a pane shows now. */
export function paneScene(parts: {
  kind: PaneKind
  now: StationNow
  frame: PaneFrame
  scale: number
  layers: readonly PaintedLayer[]
  segments: SliceScene['segments']
  labelSlices: SliceScene['labelSlices']
  /** From the plane, mm: what lies within is on the slice. */
  reachMm: number
  cursor: SliceAt | undefined
}): SliceScene {
  const { kind, now, frame, scale, layers, segments, labelSlices, reachMm, cursor } = parts
  return {
    frame,
    scale,
    layers,
    segments,
    labelSlices,
    crosshair: linesIn(kind, now, frame),
    marks: marksOn(frame, reachMm, marksNow(now)),
    cursor,
  }
}

/** The other planes' lines in a pane. */
export function linesIn(kind: PaneKind, now: StationNow, frame: PaneFrame): CrosshairLine[] {
  if (!now.volume) return []
  const slicing = { ...now.slicing, crosshairMm: now.crosshairMm }
  return crosshairLines(kind, frame, slicePlanes({ slicing }, now.volume), slicing.slabMm)
}

/** The marks, one that is being drawn, and where the others point. */
function marksNow({ view, preview, lasers }: StationNow): SliceMark[] {
  const drawn = preview ? [...view.annotations, previewOf(preview, view)] : view.annotations
  const pointers = lasers.map(({ colour, initials, endMm }): SliceMark => {
    return { kind: 'point', pointsMm: [endMm], colour, text: initials }
  })
  return [...marksShown(drawn, view.shownVolumeId), ...pointers]
}

/**
 * The segments that are visible, in their volumes' own colours: of the shown volume, and of others in
 * its frame of reference, as in the picture.
 */
export function segmentsNow({ view, sameSpace }: StationNow): SliceScene['segments'] {
  return view.segments.flatMap(({ volumeId, labelId, visible, opacity }) => {
    const volume = sameSpace.find((one) => one.volumeId === volumeId)
    const label = volume?.labels?.find((one) => one.labelId === labelId)
    if (!visible || !label) return []
    return [{ volumeId, labelId, colour: label.colour, opacity }]
  })
}

/** Where those are cut from; a volume whose voxels are not to be had is left out. */
export function labelSources(
  segments: SliceScene['segments'],
  voxelsOf: (volumeId: string) => Voxels | undefined,
): LabelSource[] {
  const byVolume = Map.groupBy(segments, ({ volumeId }) => volumeId)
  return [...byVolume].flatMap(([volumeId, of]) => {
    const voxels = voxelsOf(volumeId)
    return voxels ? [{ voxels, labelIds: of.map(({ labelId }) => labelId) }] : []
  })
}
