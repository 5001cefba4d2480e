import { scale } from '../../../shared/geometry/vector.ts'
import type { ImagePlane } from '../instance.ts'
import { frameFrom } from './frame-from-slice.ts'
import type { FrameFromSlice, FramePose } from './label-slice-source.ts'
import type { VolumeGrid } from './labelled-volume.ts'
import { placeAcross } from './place-across.ts'
import type { Segmentation, SegmentationFrame } from './segmentation.ts'

/** A frame of a segmentation and the slices of a volume that it lies on. */
export interface FramePlace {
  readonly frame: SegmentationFrame
  readonly slices: readonly ({ readonly k: number } & FramePose)[]
}

export interface Placing {
  readonly places: readonly FramePlace[]
  /** Pixels of the frames are voxels of the volume, if perhaps turned or mirrored by whole axes. */
  readonly isSameGrid: boolean
  /** Frames beyond the volume. */
  readonly outside: number
}

/** Slices, of a slice's step: how far beside a slice a frame may lie that is of it. */
const planeTolerance = 0.1
/** Pixels, over the whole image. */
const pixelTolerance = 0.1
/** Slices: planes further apart than this are not the volume's own, if they name none of them. */
const ownStep = 1.5

/**
 * Each frame goes to the slice that it names, if it lies there, or to the slice in whose plane it
 * lies. Where some frame of the segmentation lies in no slice's plane, its planes are another
 * sampling: each slice then takes the nearest frame within half their distance. Frames that run
 * across the slices give each slice the lines in which they cut it.
 */
export function placeFrames(segmentation: Segmentation, grid: VolumeGrid): Placing {
  const { frames } = segmentation
  const parallel = frames.filter(({ plane }) => !plane || isParallel(plane, segmentation, grid))
  const depths = parallel.map((frame) => depthOf(frame, grid))
  const own = parallel.map((frame, n) => ownSlice(frame, depths[n], grid))
  const isNamed = parallel.some(({ images }) => grid.slicesOf(images).length > 0)
  const step = planeStep(parallel, depths, grid)
  const isThick = !isNamed && parallel[0]?.stepMm !== undefined && step > ownStep
  const isInPlane = own.every((k) => k !== undefined) && !isThick
  const reaches = isInPlane
    ? own.map((k) => (isInside(k!, grid) ? [k!] : []))
    : nearestSlices(depths, step, grid)
  const straight = parallel.map((frame, n) => ({
    frame,
    slices: reaches[n]!.flatMap((k) => {
      const frameFromSlice = frameFrom(frame.plane, k, segmentation, grid)
      return frameFromSlice ? [{ k, frameFromSlice: snapped(frameFromSlice, grid) }] : []
    }),
  }))
  const across = placeAcross(
    frames.filter(({ plane }) => plane && !isParallel(plane, segmentation, grid)),
    segmentation,
    grid,
  )
  const places = [...straight, ...across]
  const maps = straight.flatMap(({ slices }) => slices.map(({ frameFromSlice }) => frameFromSlice))
  return {
    places,
    isSameGrid: isInPlane && across.length === 0 && maps.every((map) => isByWholeAxes(map, grid)),
    outside: places.filter(({ slices }) => slices.length === 0).length,
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
  depths: readonly (number | undefined)[],
  step: number,
  grid: VolumeGrid,
): readonly (readonly number[])[] {
  const planes = planesOf(depths)
  const half = step / 2 + 1e-3
  const slicesOfPlane = Map.groupBy(Array(grid.slices).keys(), (k) => {
    const nearest = nearestOf(planes, k)
    return nearest !== undefined && Math.abs(nearest - k) <= half ? nearest : undefined
  })
  return depths.map((depth) =>
    depth === undefined ? [] : (slicesOfPlane.get(rounded(depth)) ?? []),
  )
}

const rounded = (depth: number) => Math.round(depth * 1000) / 1000

/** Depths that differ, ascending. */
function planesOf(depths: readonly (number | undefined)[]): readonly number[] {
  const planes = depths.flatMap((depth) => (depth === undefined ? [] : rounded(depth)))
  return [...new Set(planes)].sort((a, b) => a - b)
}

/** In slices from plane to plane, as it is said or as it is; 1 where nothing tells. */
function planeStep(
  frames: readonly SegmentationFrame[],
  depths: readonly (number | undefined)[],
  grid: VolumeGrid,
): number {
  const said = frames[0]?.stepMm
  const saidSteps = said === undefined ? [] : [said * Math.hypot(...grid.slicesPerMm())]
  const planes = planesOf(depths)
  const gaps = planes.slice(1).map((plane, n) => plane - planes[n]!)
  // A gap may be wider than the step, where frames between were left out, but not narrower.
  const [first = 1, ...others] = [...saidSteps, ...gaps]
  return others.reduce((a, b) => Math.min(a, b), first)
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

/** Coordinates in six digits wander by hundredths of a pixel: what is meant to be whole is whole. */
function snapped(map: FrameFromSlice, grid: VolumeGrid): FrameFromSlice {
  if (!isByWholeAxes(map, grid)) return map
  const [a, b, c, d, e, f] = map.map((value) => Math.round(value))
  return [a!, b!, c!, d!, e!, f!]
}

function isByWholeAxes(map: FrameFromSlice, { rows, columns }: VolumeGrid): boolean {
  const [a, b, c, d, e, f] = map.map((value) => Math.abs(value - Math.round(value)))
  const drift = Math.max(a! * columns + b! * rows, d! * columns + e! * rows, c!, f!)
  const voxelsOfPixel = Math.abs(map[0] * map[4] - map[1] * map[3])
  return drift <= pixelTolerance && voxelsOfPixel > 0.5 && voxelsOfPixel < 1.5
}
