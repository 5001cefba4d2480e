import { cross, dot, subtract } from '../../../shared/geometry/vector.ts'
import type { ImagePlane } from '../instance.ts'
import { DicomError } from '../problem.ts'
import { frameFrom } from './frame-from-slice.ts'
import type { FramePose } from './label-slice-source.ts'
import type { VolumeGrid } from './labelled-volume.ts'
import type { FramePlace } from './place-frames.ts'
import type { Segmentation, SegmentationFrame } from './segmentation.ts'

/** Frames times slices: each pair is kept. */
const maxPairs = 1_000_000

/**
 * Frames that run across the slices of a volume, as sagittal ones of an axial series: each is placed
 * on all slices that come nearer to its plane than halfway to the next. Throws `too-large`.
 */
export function placeAcross(
  frames: readonly SegmentationFrame[],
  segmentation: Segmentation,
  grid: VolumeGrid,
): readonly FramePlace[] {
  if (frames.length * grid.slices > maxPairs) throw new DicomError('too-large')
  const stepMm = stepOf(frames)
  return frames.map((frame) => ({
    frame,
    slices: Array.from({ length: grid.slices }, (_, k) => k).flatMap((k) => {
      const pose = poseOf(frame.plane!, k, stepMm, segmentation, grid)
      return pose ? [{ k, ...pose }] : []
    }),
  }))
}

function poseOf(
  plane: ImagePlane,
  k: number,
  stepMm: number,
  segmentation: Segmentation,
  grid: VolumeGrid,
): FramePose | undefined {
  const distanceOf = (i: number, j: number) =>
    dot(subtract(grid.pointOf([i, j, k]), plane.position), normalOf(plane)) / stepMm
  const [right, below] = [grid.columns - 1, grid.rows - 1]
  const corners = [distanceOf(0, 0), distanceOf(right, 0), distanceOf(0, below)]
  corners.push(distanceOf(right, below))
  if (Math.min(...corners) > 0.5 || Math.max(...corners) < -0.5) return undefined
  const [c] = corners as [number]
  const frameFromSlice = frameFrom(plane, k, segmentation, grid)!
  return { frameFromSlice, distance: [distanceOf(1, 0) - c, distanceOf(0, 1) - c, c] }
}

/** Millimetres from frame to frame: as they lie, or as is said where they lie further apart. */
function stepOf(frames: readonly SegmentationFrame[]): number {
  const [first] = frames
  if (!first?.plane) return 1
  const normal = normalOf(first.plane)
  const depths = frames.map(({ plane }) => Math.round(dot(plane!.position, normal) * 1e4) / 1e4)
  const planes = [...new Set(depths)].sort((a, b) => a - b)
  const gaps = planes.slice(1).map((plane, n) => plane - planes[n]!)
  const said = first.stepMm === undefined ? [] : [first.stepMm]
  const [one = 1, ...others] = [...said, ...gaps]
  return others.reduce((a, b) => Math.min(a, b), one)
}

const normalOf = ({ row, column }: ImagePlane) => cross(row, column)
