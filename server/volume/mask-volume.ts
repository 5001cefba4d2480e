import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { transform, transformPoint, type Vec3 } from '../../shared/geometry/transform.ts'
import { dot } from '../../shared/geometry/vector.ts'
import type { VolumeLabel, VolumeManifest } from '../../shared/volume/manifest.ts'
import { allSettled } from './all-settled.ts'
import { type LabelGrid, type LabelMap, writeLabels } from './label-writer.ts'
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
 * anew of what is left, and so is every label: the outline of a body has a face too. The stored volume
 * stays.
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
    const place = { volumeId, tree, pool }
    const { dataType: type, paddingValue, valueRange, labels = [] } = manifest
    const value = paddingValue ?? valueRange[0]
    const feed = cutSlabs(manifest, { image: storedZarr, type, value }, keep, pool)
    const masked = await writeVolume(manifest, feed, place, signal)
    const cutting = labels.map((label) => cutLabel(label, manifest, storedZarr, keep, pool))
    const maps = await Promise.all(cutting)
    const cut = await writeLabels(maps, manifest, place, signal ? { signal } : {})
    await tree.commit()
    return { ...manifest, ...masked, ...(cut.length > 0 && { labels: cut }) }
  } catch (error) {
    await tree.discard()
    throw error
  }
}

interface CutImage {
  /** The folder of the multiscale image. */
  readonly image: string
  readonly type: CutTask['type']
  /** What becomes of a voxel beyond the plane. */
  readonly value: number
}

function cutSlabs(
  { dims, patientFromVoxel }: LabelGrid,
  { image, type, value }: CutImage,
  keep: KeptSide,
  pool: VolumePool,
): SlabFeed {
  const [a, b, c, d] = heightOverVoxels(patientFromVoxel, keep)
  return async (slab, index) => {
    const plane: CutTask['plane'] = [a, b, c, d + c * index * chunkEdge]
    const cutting = Array.from({ length: Math.ceil(dims[1] / chunkEdge) }, (_, cj) => {
      const folder = join(image, '0', 'c', String(index), String(cj))
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

/** Of a label map, by the slabs that anything of it is stored of. */
async function cutLabel(
  { labelId, algorithmType, voxelCount, ...label }: VolumeLabel,
  { dims, patientFromVoxel }: VolumeManifest,
  storedZarr: string,
  keep: KeptSide,
  pool: VolumePool,
): Promise<LabelMap> {
  const image = join(storedZarr, 'labels', labelId)
  const slabs = voxelCount > 0 ? await readdir(join(image, '0', 'c')) : []
  return {
    ...label,
    ...(algorithmType && { algorithmType }),
    slices: slabs.map((index) => ({ k: Number(index) * chunkEdge })),
    feed: cutSlabs({ dims, patientFromVoxel }, { image, type: 'uint8', value: 0 }, keep, pool),
  }
}
