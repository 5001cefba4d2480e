import { chunkEdge, type Dims } from './pyramid-plan.ts'
import type { Voxels } from './voxels.ts'

const voxelsPerChunk = chunkEdge ** 3

/** Puts byte n of each voxel of a row of chunks into plane n of its chunk. */
export function splitBytes(
  slab: Voxels,
  [ni, nj, nk]: Dims,
  cj: number,
  planes: Uint8Array<ArrayBuffer>,
): void {
  const step = slab.BYTES_PER_ELEMENT
  const bytes = new Uint8Array(slab.buffer, slab.byteOffset, slab.byteLength)
  const chunkBytes = voxelsPerChunk * step
  const rows = Math.min(nj, (cj + 1) * chunkEdge)
  for (let k = 0; k < nk; k++) {
    for (let j = cj * chunkEdge; j < rows; j++) {
      const row = (k * nj + j) * ni
      const to = (k * chunkEdge + (j % chunkEdge)) * chunkEdge
      for (let i = 0, chunk = 0; i < ni; i += chunkEdge, chunk += chunkBytes) {
        const count = Math.min(chunkEdge, ni - i)
        for (let plane = 0; plane < step; plane++) {
          const at = chunk + plane * voxelsPerChunk + to
          const from = (row + i) * step + plane
          for (let x = 0; x < count; x++) planes[at + x] = bytes[from + x * step]!
        }
      }
    }
  }
}

/**
 * The same for 16-bit voxels, two at once, the first in the lower half: twice as fast. `ni` is even
 * and the slab starts on a multiple of four bytes.
 */
export function splitPairs(
  slab: Int16Array | Uint16Array,
  [ni, nj, nk]: Dims,
  cj: number,
  planes: Uint8Array<ArrayBuffer>,
): void {
  const pairs = new Uint32Array(slab.buffer, slab.byteOffset, slab.length / 2)
  const out = new Uint16Array(planes.buffer)
  const edge = chunkEdge / 2
  const high = voxelsPerChunk / 2
  const rows = Math.min(nj, (cj + 1) * chunkEdge)
  for (let k = 0; k < nk; k++) {
    for (let j = cj * chunkEdge; j < rows; j++) {
      let from = ((k * nj + j) * ni) / 2
      const end = from + ni / 2
      for (let to = (k * chunkEdge + (j % chunkEdge)) * edge; from < end; to += voxelsPerChunk) {
        const count = Math.min(edge, end - from)
        for (let x = 0; x < count; x++) {
          const pair = pairs[from + x]!
          out[to + x] = (pair & 0xff) | ((pair >>> 8) & 0xff00)
          out[to + high + x] = ((pair >>> 8) & 0xff) | ((pair >>> 16) & 0xff00)
        }
        from += count
      }
    }
  }
}
