import { randomBytes } from 'node:crypto'
import { copyFile, mkdir, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { transform, transformPoint, type Vec3 } from '../../shared/geometry/transform.ts'
import { dot } from '../../shared/geometry/vector.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import { allSettled } from './all-settled.ts'
import type { DurableTree } from './durable-tree.ts'
import { chunkEdge } from './pyramid-plan.ts'
import type { VolumePool } from './volume-pool.ts'
import { type VolumeStore, zarrFolder } from './volume-store.ts'
import type { CutTask } from './volume-tasks.ts'
import { type SlabFeed, writeVolume } from './write-volume.ts'

/** What is kept: the side dot(normal, p) >= offsetMm, p in patient mm (LPS). */
export interface KeptSide {
  readonly normal: Vec3
  readonly offsetMm: number
}

export interface MaskOptions {
  /** Default: a new one. */
  readonly volumeId?: string
  readonly signal?: AbortSignal
}

/**
 * Makes a volume of a stored one in which every voxel whose centre lies beyond the plane is padding
 * or, where it has none, the least value there was. All levels, statistics and the thumbnail are made
 * anew of what is left; labels are copied as they are. The stored volume stays.
 *
 * Throws a RangeError on a plane that is none, and an error where the stored volume is damaged.
 */
export async function maskVolume(
  manifest: VolumeManifest,
  keep: KeptSide,
  { pool, store }: { pool: VolumePool; store: VolumeStore },
  options: MaskOptions = {},
): Promise<VolumeManifest> {
  const { normal, offsetMm } = keep
  if (![...normal, offsetMm].every(Number.isFinite) || dot(normal, normal) === 0) {
    throw new RangeError('a mask has a direction and a finite offset')
  }
  const { volumeId = randomBytes(16).toString('hex'), signal } = options
  const storedZarr = join(store.folderOf(manifest.volumeId), zarrFolder)
  const tree = store.newTree(volumeId)
  try {
    await tree.start()
    const feed = cutSlabs(manifest, storedZarr, keep, pool)
    const masked = await writeVolume(manifest, feed, { volumeId, tree, pool }, signal)
    if (manifest.labels) await copyLabels(storedZarr, tree)
    await tree.commit()
    return { ...manifest, ...masked }
  } catch (error) {
    await tree.discard()
    throw error
  }
}

function cutSlabs(
  { dims, dataType: type, paddingValue, valueRange, patientFromVoxel }: VolumeManifest,
  storedZarr: string,
  keep: KeptSide,
  pool: VolumePool,
): SlabFeed {
  const [a, b, c, d] = heightOverVoxels(patientFromVoxel, keep)
  const value = paddingValue ?? valueRange[0]
  return async (slab, index) => {
    const plane: CutTask['plane'] = [a, b, c, d + c * index * chunkEdge]
    const cutting = Array.from({ length: Math.ceil(dims[1] / chunkEdge) }, (_, cj) => {
      const folder = join(storedZarr, '0', 'c', String(index), String(cj))
      return pool.cutRow({ kind: 'cut', folder, cj, slab, type, plane, value })
    })
    await allSettled(cutting)
  }
}

/** dot(normal, patientFromVoxel · (i, j, k)) − offsetMm = a·i + b·j + c·k + d. */
function heightOverVoxels(
  patientFromVoxel: readonly number[],
  { normal, offsetMm }: KeptSide,
): CutTask['plane'] {
  const frame = transform<'patient', 'voxel'>(patientFromVoxel)
  const height = (at: Vec3) => dot(normal, transformPoint(frame, at)) - offsetMm
  const d = height([0, 0, 0])
  return [height([1, 0, 0]) - d, height([0, 1, 0]) - d, height([0, 0, 1]) - d, d]
}

async function copyLabels(storedZarr: string, tree: DurableTree): Promise<void> {
  const from = join(storedZarr, 'labels')
  const entries = await readdir(from, { recursive: true, withFileTypes: true })
  for (const entry of entries.filter((each) => each.isFile())) {
    const source = join(entry.parentPath, entry.name)
    const target = join(tree.path, zarrFolder, source.slice(storedZarr.length))
    await mkdir(dirname(target), { recursive: true })
    await copyFile(source, target)
    tree.syncLater([target])
  }
}
