import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AssembledSeries, decodeSlice, type SpooledFile } from '../../server/dicom/index.ts'

/** Files under names of ours, as an import has them. `dispose` takes the folder away. */
export function spoolOf(paths: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'caseroom-dicom-'))
  const files = paths.map((original, fileIndex): SpooledFile => {
    const path = join(folder, String(fileIndex))
    symlinkSync(original, path)
    return { fileIndex, path, bytes: statSync(original).size }
  })
  return { files, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) }
}

/** All voxels, x fastest, then y, then z. */
export async function voxelsOf({ slices, dims, dataType }: AssembledSeries) {
  const length = dims[0] * dims[1] * dims[2]
  const voxels = dataType === 'int16' ? new Int16Array(length) : new Uint16Array(length)
  for (const [k, source] of slices.entries()) {
    voxels.set(await decodeSlice(source), k * dims[0] * dims[1])
  }
  return voxels
}

export function sha256(voxels: Int16Array | Uint16Array): string {
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
