import { chunksOfSlab } from '../../../shared/volume/reslice-chunks.ts'
import type { Slab } from '../../../shared/volume/slice.ts'
import { cutLevel } from './cut-level.ts'
import { labelScale } from './label-scale.ts'
import type { PlaneShelf } from './plane-shelf.ts'
import { SparseLabel } from './sparse-label.ts'

/**
 * A label map along the plane of a slab, however thick, from its finest level: 0…255 for 0…1, row
 * by row, 0 beyond the volume.
 */
export async function labelPlane(
  shelf: PlaneShelf,
  labelId: string,
  slab: Slab,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const scale = labelScale(shelf, labelId)
  const level = await SparseLabel.open(shelf.label(labelId), 0, signal)
  const plane = middleOf(slab)
  const bytes = new Uint8Array(plane.columns * plane.rows)
  if (chunksOfSlab(level, plane).every((at) => level.isEmpty(at))) return bytes
  const values = new Float32Array(bytes.length)
  await cutLevel(level, plane, values, {
    paddingValue: undefined,
    signal,
    skips: ({ chunks }) => chunks.every((at) => level.isEmpty(at)),
  })
  // What is not-a-number becomes 0.
  for (let n = 0; n < bytes.length; n++) bytes[n] = (values[n] as number) * scale + 0.5
  return bytes
}

/** Whether nothing has to be brought for it. */
export function isLabelPlaneHere(shelf: PlaneShelf, labelId: string, slab: Slab): boolean {
  const level = SparseLabel.opened(shelf.label(labelId), 0)
  if (!level) return false
  return chunksOfSlab(level, middleOf(slab)).every((at) => level.peek(at) !== undefined)
}

const middleOf = (slab: Slab): Slab => ({ ...slab, slabMm: 0 })
