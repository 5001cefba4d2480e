import { dot, subtract } from '../../../shared/geometry/vector.ts'
import type { ImagePlane } from '../instance.ts'
import type { FrameFromSlice } from './label-slice-source.ts'
import type { VolumeGrid } from './labelled-volume.ts'
import type { Segmentation } from './segmentation.ts'

/**
 * Pixels of a frame from those of slice k. Undefined for a frame without a place of its own whose
 * size is not that of the slice.
 */
export function frameFrom(
  plane: ImagePlane | undefined,
  k: number,
  { rows, columns }: Pick<Segmentation, 'rows' | 'columns'>,
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
  return [right[0] - c, below[0] - c, c, right[1] - f, below[1] - f, f]
}
