import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as zarr from 'zarrita'
import type { Slab } from '../level-memory.ts'
import { chunkEdge, type Dims } from '../pyramid-plan.ts'
import { VolumePool } from '../volume-pool.ts'
import { VolumeStore, zarrFolder } from '../volume-store.ts'
import { type Voxels, type VoxelType, voxelsOver } from '../voxels.ts'
import type { SlabFeed } from '../write-volume.ts'

/** A store in a folder of its own, and the threads. */
export async function openVolumeHouse() {
  const root = mkdtempSync(join(tmpdir(), 'caseroom-volumes-'))
  const pool = new VolumePool()
  const store = new VolumeStore(root)
  await store.open()
  return {
    root,
    pool,
    store,
    /** One array of a stored tree, as zarrita reads it: shape [z, y, x]. */
    level: async (volumeId: string, path: string) => {
      const tree = zarr.root({
        get: async (key: string) => bytesAt(join(root, volumeId, zarrFolder, key)),
      })
      const array = await zarr.open.v3(tree.resolve(path), { kind: 'array' })
      const { data, shape } = await zarr.get(array)
      return { array, data: data as Voxels, shape }
    },
    document: (volumeId: string, path: string) =>
      JSON.parse(readFileSync(join(root, volumeId, zarrFolder, path, 'zarr.json'), 'utf8')),
    close: async () => {
      await pool.close()
      rmSync(root, { recursive: true })
    },
  }
}

function bytesAt(path: string): Uint8Array | undefined {
  try {
    return new Uint8Array(readFileSync(path))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Voxels by a formula of their indices. */
export type Formula = (i: number, j: number, k: number) => number

export function phantomVoxels([ni, nj, nk]: Dims, type: VoxelType, value: Formula): Voxels {
  const size = { uint8: 1, int16: 2, uint16: 2, float32: 4 }[type]
  const voxels = voxelsOver(new ArrayBuffer(ni * nj * nk * size), type)
  for (let k = 0, n = 0; k < nk; k++)
    for (let j = 0; j < nj; j++) for (let i = 0; i < ni; i++, n++) voxels[n] = value(i, j, k)
  return voxels
}

/** Feeds a volume from memory. */
export function feedOf(voxels: Voxels, [ni, nj]: Dims, type: VoxelType): SlabFeed {
  return async ({ buffer, offset, dims }: Slab, index) => {
    const from = index * chunkEdge * ni * nj
    const part = voxels.subarray(from, from + ni * nj * dims[2])
    voxelsOver(buffer, type).set(part, offset)
  }
}
