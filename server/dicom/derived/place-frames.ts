import { dot, scale, subtract } from '../../../shared/geometry/vector.ts'
import type { ImagePlane } from '../instance.ts'
import type { FrameFromSlice } from './label-slice-source.ts'
import type { VolumeGrid } from './labelled-volume.ts'
import type { Segmentation, SegmentationFrame } from './segmentation.ts'

/** A frame of a segmentation and the slices of a volume that it lies on. */
export interface FramePlace {
  readonly frame: SegmentationFrame
  readonly slices: readonly { readonly k: number; readonly frameFromSlice: FrameFromSlice }[]
}

export interface Placing {
  readonly places: readonly FramePlace[]
  /** Pixels of the frames are voxels of the volume, if perhaps turned or mirrored by whole axes. */
  readonly isSameGrid: boolean
  /** Frames beyond the volume. */
  readonly outside: number
  /** Frames that cut through the slices. */
  readonly turned: number
}

/** Slices, of a slice's step: how far beside a slice a frame may lie that is of it. */
const planeTolerance = 0.1
/** Pixels, over the whole image. */
const pixelTolerance = 0.1

/**
 * Each frame goes to the slice that it names, if it lies there, or to the slice in whose plane it
 * lies. Where some frame of the segmentation lies in no slice's plane, its planes are another
 * sampling: each slice then takes the nearest frame within half their distance.
 */
export function placeFrames(segmentation: Segmentation, grid: VolumeGrid): Placing {
  const parallel = segmentation.frames.filter(
    ({ plane }) => !plane || isParallel(plane, segmentation, grid),
  )
  const turned = segmentation.frames.length - parallel.length
  const depths = parallel.map((frame) => depthOf(frame, grid))
  const own = parallel.map((frame, n) => ownSlice(frame, depths[n], grid))
  const isInPlane = own.every((k) => k !== undefined)
  const reaches = isInPlane
    ? own.map((k) => (isInside(k!, grid) ? [k!] : []))
    : nearestSlices(parallel, depths, grid)
  const places = parallel.map((frame, n) => ({
    frame,
    slices: reaches[n]!.flatMap((k) => {
      const frameFromSlice = frameFrom(frame.plane, k, segmentation, grid)
      return frameFromSlice ? [{ k, frameFromSlice }] : []
    }),
  }))
  const maps = places.flatMap(({ slices }) => slices.map(({ frameFromSlice }) => frameFromSlice))
  return {
    places,
    isSameGrid: isInPlane && maps.every((map) => isByWholeAxes(map, grid)),
    outside: places.filter(({ slices }) => slices.length === 0).length,
    turned,
  }
}

/** For how many frames the volume has a slice of the same plane and grid. */
export function framesThatFit(segmentation: Segmentation, grid: VolumeGrid): number {
  const { places, isSameGrid } = placeFrames(segmentation, grid)
  const fitting = places.filter(({ slices }) => slices.length > 0).length
  return isSameGrid ? 2 * fitting : fitting
}

/** A tenth of a degree is a slice's step over 600 of them. */
function isParallel(plane: ImagePlane, { rows, columns }: Segmentation, grid: VolumeGrid): boolean {
  const along = scale(plane.row, plane.spacingMm[1] * columns)
  const down = scale(plane.column, plane.spacingMm[0] * rows)
  const drift = [along, down].map((way) => Math.abs(grid.voxelsAlong(way)[2]))
  return drift.every((slices) => slices < 0.5)
}

/** In slices: where along the volume's third axis the frame lies. */
function depthOf({ plane }: SegmentationFrame, grid: VolumeGrid): number | undefined {
  return plane && grid.voxelOf(plane.position)[2]
}

/** The slice that a frame is of; one beyond the volume counts, too. */
function ownSlice(
  { images }: SegmentationFrame,
  depth: number | undefined,
  grid: VolumeGrid,
): number | undefined {
  const named = grid.slicesOf(images)
  const [only] = named
  const isOne = named.length === 1 && only !== undefined
  if (isOne && (depth === undefined || Math.abs(depth - only) < 0.5)) return only
  if (depth === undefined) return undefined
  const nearest = Math.round(depth)
  return Math.abs(depth - nearest) <= planeTolerance ? nearest : undefined
}

/** For each frame those slices to which no other frame's plane is nearer. */
function nearestSlices(
  frames: readonly SegmentationFrame[],
  depths: readonly (number | undefined)[],
  grid: VolumeGrid,
): readonly (readonly number[])[] {
  const planes = [
    ...new Set(depths.flatMap((depth) => (depth === undefined ? [] : rounded(depth)))),
  ]
  planes.sort((a, b) => a - b)
  const half = reach(planes, frames, grid) / 2 + 1e-3
  const slicesOfPlane = new Map<number, number[]>()
  for (let k = 0; k < grid.slices; k++) {
    const nearest = nearestOf(planes, k)
    if (nearest === undefined || Math.abs(nearest - k) > half) continue
    slicesOfPlane.set(nearest, [...(slicesOfPlane.get(nearest) ?? []), k])
  }
  return depths.map((depth) =>
    depth === undefined ? [] : (slicesOfPlane.get(rounded(depth)) ?? []),
  )
}

const rounded = (depth: number) => Math.round(depth * 1000) / 1000

/** Slices from plane to plane; frames without a pixel of a segment may have been left out. */
function reach(
  planes: readonly number[],
  frames: readonly SegmentationFrame[],
  grid: VolumeGrid,
): number {
  const gaps = planes.slice(1).map((plane, n) => plane - planes[n]!)
  if (gaps.length > 0) return Math.max(1e-3, Math.min(...gaps))
  const sliceStepMm = 1 / Math.hypot(...grid.voxelsPerMmAcross())
  const thicknessMm = frames[0]?.thicknessMm ?? sliceStepMm
  return Number.isFinite(thicknessMm) ? thicknessMm / sliceStepMm : 1
}

/** By halving: planes ascend. */
function nearestOf(planes: readonly number[], k: number): number | undefined {
  let [low, high] = [0, planes.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (planes[middle]! < k) low = middle + 1
    else high = middle
  }
  const [before, after] = [planes[low - 1], planes[low]]
  if (before === undefined || after === undefined) return before ?? after
  return k - before <= after - k ? before : after
}

const isInside = (k: number, { slices }: VolumeGrid) => k >= 0 && k < slices

/** Undefined for a frame without a place of its own whose size is not that of the slice. */
function frameFrom(
  plane: ImagePlane | undefined,
  k: number,
  { rows, columns }: Segmentation,
  grid: VolumeGrid,
): FrameFromSlice | undefined {
  if (!plane) {
    const isSameSize = rows === grid.rows && columns === grid.columns
    return isSameSize ? [1, 0, 0, 0, 1, 0] : undefined
  }
  const [rowsMm, columnsMm] = plane.spacingMm
  const pixelOf = (i: number, j: number) => {
    const way = subtract(grid.pointOf([i, j, k]), plane.position)
    return [dot(way, plane.row) / columnsMm, dot(way, plane.column) / rowsMm] as const
  }
  const [c, f] = pixelOf(0, 0)
  const [right, below] = [pixelOf(1, 0), pixelOf(0, 1)]
  return snapped([right[0] - c, below[0] - c, c, right[1] - f, below[1] - f, f], grid)
}

/** Coordinates in six digits wander by hundredths of a pixel: what is meant to be whole is whole. */
function snapped(map: FrameFromSlice, grid: VolumeGrid): FrameFromSlice {
  if (!isByWholeAxes(map, grid)) return map
  const [a, b, c, d, e, f] = map.map((value) => Math.round(value))
  return [a!, b!, c!, d!, e!, f!]
}

function isByWholeAxes(map: FrameFromSlice, { rows, columns }: VolumeGrid): boolean {
  const [a, b, c, d, e, f] = map.map((value) => Math.abs(value - Math.round(value)))
  const drift = Math.max(a! * columns + b! * rows, d! * columns + e! * rows, c!, f!)
  return drift <= pixelTolerance && Math.abs(map[0] * map[4] - map[1] * map[3]) > 0.5
}
