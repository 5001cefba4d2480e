import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { chunkEdge, type Dims } from './pyramid-plan.ts'
import { bytesPerVoxel, type Voxels, type VoxelType, voxelsOver } from './voxels.ts'

const voxelsPerChunk = chunkEdge ** 3

/**
 * Measured on CT: level 1 packs 833 MB/s; level 3 packs 353 MB/s and 6 % smaller. The finest level is
 * three quarters of all that an import packs, the coarser ones are what a page waits for.
 */
export const zstdLevelOf = (level: { path: string }): 1 | 3 => (level.path === '0' ? 1 : 3)

/**
 * Cuts the chunk at (ci, cj) out of a slab of up to 64 slices and splits its voxels into a plane of
 * low bytes and a plane of high bytes (`numcodecs.shuffle`). Where the slab ends inside the chunk the
 * rest is `fill`.
 */
export function shuffledChunk(
  slab: Voxels,
  [ni, nj, nk]: Dims,
  ci: number,
  cj: number,
  fill: number,
): Uint8Array<ArrayBuffer> {
  const planes = new Uint8Array(voxelsPerChunk * bytesPerVoxel)
  const width = Math.min(chunkEdge, ni - ci * chunkEdge)
  const height = Math.min(chunkEdge, nj - cj * chunkEdge)
  const depth = Math.min(chunkEdge, nk)
  if (width < chunkEdge || height < chunkEdge || depth < chunkEdge) {
    planes.fill(fill & 0xff, 0, voxelsPerChunk)
    planes.fill((fill >> 8) & 0xff, voxelsPerChunk)
  }
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      const from = (z * nj + cj * chunkEdge + y) * ni + ci * chunkEdge
      const to = (z * chunkEdge + y) * chunkEdge
      for (let x = 0; x < width; x++) {
        const value = slab[from + x] as number
        planes[to + x] = value
        planes[voxelsPerChunk + to + x] = value >> 8
      }
    }
  }
  return planes
}

/** A zstd frame that names its content's size, as other zarr readers want. */
export function compressed(bytes: Uint8Array, zstdLevel: number): Uint8Array {
  return zstdCompressSync(bytes, {
    params: { [constants.ZSTD_c_compressionLevel]: zstdLevel },
    pledgedSrcSize: bytes.length,
  })
}

/** The voxels of a stored chunk, 64³, x fastest. Throws where it is not a whole chunk. */
export function chunkVoxels(stored: Uint8Array, type: VoxelType): Voxels {
  const size = voxelsPerChunk * bytesPerVoxel
  const planes = zstdDecompressSync(stored, { maxOutputLength: size })
  if (planes.length !== size) throw new RangeError('a stored chunk has the wrong size')
  const voxels = voxelsOver(new ArrayBuffer(size), type)
  for (let n = 0; n < voxelsPerChunk; n++) {
    voxels[n] = (planes[n] as number) | ((planes[voxelsPerChunk + n] as number) << 8)
  }
  return voxels
}
