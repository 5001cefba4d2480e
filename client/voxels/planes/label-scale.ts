import type { PlaneShelf } from './plane-shelf.ts'

/** Voxels of a label map times this are 0…255 for 0…1. */
export function labelScale(shelf: PlaneShelf, labelId: string): number {
  const label = shelf.manifest.labels?.find((known) => known.labelId === labelId)
  if (!label) throw new RangeError('the volume has no such label map')
  return label.fractional ? 1 : 255
}
