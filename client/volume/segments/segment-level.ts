import type { Vec3 } from '../../../shared/geometry/transform.ts'

/** Voxels of a label map that the page holds for the moment, a byte each. */
const mostVoxels = 160 * 2 ** 20

/**
 * The longest side to ask a label map for: its finest level that is not too large. Coarser levels
 * show the greatest value of theirs, half a voxel further out than the truth.
 */
export function finestSide(levels: readonly { readonly dims: Vec3 }[]): number {
  const level = levels.find(({ dims: [i, j, k] }) => i * j * k <= mostVoxels) ?? levels.at(-1)
  return Math.max(...(level?.dims ?? [1]))
}
