import { createHash } from 'node:crypto'
import { type AssembledSeries, decodeSlice } from '../../server/dicom/index.ts'

/** All voxels, x fastest, then y, then z. */
export async function voxelsOf({ slices, dims, dataType }: AssembledSeries) {
  const length = dims[0] * dims[1] * dims[2]
  const kinds = { int16: Int16Array, uint16: Uint16Array, float32: Float32Array }
  const voxels = new kinds[dataType](length)
  for (const [k, source] of slices.entries()) {
    voxels.set(await decodeSlice(source), k * dims[0] * dims[1])
  }
  return voxels
}

export function sha256(voxels: Int16Array | Uint16Array | Float32Array): string {
  const bytes = new Uint8Array(voxels.buffer, voxels.byteOffset, voxels.byteLength)
  return createHash('sha256').update(bytes).digest('hex')
}

/** Outer corners of the box of voxel centres, through a row-major affine. */
export function cornersOf(dims: readonly number[], affine: readonly number[]): number[][] {
  return Array.from({ length: 8 }, (_, corner) => {
    const voxel = dims.map((size, axis) => ((corner >> axis) & 1) * (size - 1))
    return [0, 1, 2].map((row) =>
      voxel.reduce((sum, at, axis) => sum + at * affine[4 * row + axis]!, affine[4 * row + 3]!),
    )
  })
}

export function largestDistanceMm(a: readonly number[][], b: readonly number[][]): number {
  return Math.max(...a.map((point, n) => Math.hypot(...point.map((mm, i) => mm - b[n]![i]!))))
}
