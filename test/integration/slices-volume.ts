import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ZarrShelf } from '../../client/voxels/zarr-shelf.ts'
import { ZarrSource } from '../../client/voxels/zarr-source.ts'
import { readStudy } from '../../server/dicom/index.ts'
import { inThisThread } from '../../server/dicom/test-support/in-this-thread.ts'
import { memoryVault } from '../../server/dicom/test-support/memory-vault.ts'
import { spoolFiles } from '../../server/dicom/test-support/spool-files.ts'
import type { openVolumeHouse } from '../../server/volume/test-support/volume-house.ts'
import { buildVolume } from '../../server/volume/volume-builder.ts'
import { zarrFolder } from '../../server/volume/volume-store.ts'
import { transform, transformPoint, type Vec3 } from '../../shared/geometry/transform.ts'
import { add, cross, normalize, scale } from '../../shared/geometry/vector.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import type { Slab } from '../../shared/volume/slice.ts'
import type { DenseVoxels } from '../../shared/volume/test-support/chunked.ts'
import { voxelsOf } from './dicom-spool.ts'

/** A real series as it is stored, and its voxels as they were sent. */
export interface StoredSeries {
  readonly manifest: VolumeManifest
  readonly dense: DenseVoxels
  /**
   * A worker's shelf over the stored tree. `allow` lets a key of it through; `paddingValue` stands
   * in for the one that the series declares.
   */
  shelf(options?: {
    mostBytes?: number
    paddingValue?: number
    allow?: (key: string) => Promise<void>
  }): {
    readonly shelf: ZarrShelf
    /** Keys that were asked for. */
    readonly asked: string[]
  }
}

/** Imports the series of these files that has the most voxels, with its labels. */
export async function storeSeries(
  house: Awaited<ReturnType<typeof openVolumeHouse>>,
  paths: readonly string[],
): Promise<StoredSeries> {
  using spooled = spoolFiles(paths)
  const reading = await readStudy(spooled.files, { vault: memoryVault(), threads: inThisThread })
  const [series] = reading.series
  if (!series) throw new Error('no series was read')
  const manifest = await buildVolume(series, house)
  const data = await voxelsOf(series)
  const folder = join(house.root, manifest.volumeId, zarrFolder)
  return {
    manifest,
    dense: {
      dims: manifest.dims,
      patientFromVoxel: transform(manifest.patientFromVoxel),
      data,
    },
    shelf: ({ mostBytes = 512 * 2 ** 20, allow, ...padding } = {}) => {
      const asked: string[] = []
      const source = new ZarrSource('http://volumes.invalid', {
        headers: {},
        onRetry: () => {},
        fetch: async (url, init) => {
          const key = new URL(String(url)).pathname.slice(1)
          asked.push(key)
          await allow?.(key)
          init?.signal?.throwIfAborted()
          return stored(join(folder, key))
        },
      })
      return { shelf: new ZarrShelf({ ...manifest, ...padding }, source, mostBytes), asked }
    },
  }
}

async function stored(path: string): Promise<Response> {
  try {
    return new Response(await readFile(path))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return new Response(null, { status: 404 })
  }
}

/** Through the volume's middle, across the whole of it. */
export function slabThrough(
  { dims, patientFromVoxel }: DenseVoxels,
  right: Vec3,
  below: Vec3,
  rest: Partial<Slab> = {},
): Slab {
  const middle = transformPoint(
    patientFromVoxel,
    dims.map((count) => (count - 1) / 2) as unknown as Vec3,
  )
  const corner = transformPoint(patientFromVoxel, [0, 0, 0])
  const reachMm = Math.hypot(...corner.map((mm, axis) => mm - (middle[axis] as number)))
  const [columns, rows] = [257, 251]
  const columnMm = scale(normalize(right), (1.6 * reachMm) / columns)
  const straight = cross(cross(right, below), right)
  const rowMm = scale(normalize(straight), (1.6 * reachMm) / rows)
  const originMm = add(
    middle,
    add(scale(columnMm, -columns / 2 + 0.31), scale(rowMm, -rows / 2 + 0.17)),
  )
  return { originMm, columnMm, rowMm, columns, rows, slabMm: 0, projection: 'average', ...rest }
}

export const pixelMm = ({ originMm, columnMm, rowMm, columns }: Slab, n: number): Vec3 =>
  add(originMm, add(scale(columnMm, n % columns), scale(rowMm, Math.floor(n / columns))))
