import { transform, type Vec3 } from '../../shared/geometry/transform.ts'
import type { TexelEncoding } from '../../shared/volume/half-float.ts'
import type { BrickRanges } from '../../shared/volume/occupancy.ts'
import { Credits } from '../voxels/credits.ts'
import { streamLevel } from '../voxels/level-pieces.ts'
import { ZarrShelf } from '../voxels/zarr-shelf.ts'
import { ZarrSource } from '../voxels/zarr-source.ts'
import { GrowingLevel } from './growing-level.ts'

export interface ReadLevel {
  readonly zarrUrl: string
  readonly headers: Readonly<Record<string, string>>
  readonly path: string
  readonly dims: Vec3
  readonly encoding: TexelEncoding
}

export interface LoadedLevel {
  readonly texels: Uint16Array<ArrayBuffer>
  readonly ranges: BrickRanges
  /** Received, compressed. */
  readonly bytes: number
}

/** What a level alone is read with: where it stands in the patient is of no matter. */
export const asOnlyLevel = ({ path, dims }: Pick<ReadLevel, 'path' | 'dims'>) => ({
  levels: [
    {
      path,
      dims: [...dims] as [number, number, number],
      patientFromVoxel: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
    },
  ],
})

/** Reads one level whole, without a worker. Throws a ReadFailure. */
export async function readLevel(
  { zarrUrl, headers, path, dims, encoding }: ReadLevel,
  onRetry: (inMs: number) => void,
): Promise<LoadedLevel> {
  const source = new ZarrSource(zarrUrl, { headers, onRetry })
  const shelf = new ZarrShelf(asOnlyLevel({ path, dims }), source, 0)
  const level = new GrowingLevel(
    dims,
    transform(asOnlyLevel({ path, dims }).levels[0]!.patientFromVoxel),
  )
  const request = { level: 0, encoding, fromCoarser: false }
  await streamLevel(shelf, request, (piece) => level.place(piece), {
    credits: new Credits(Infinity),
    signal: new AbortController().signal,
  })
  return { texels: level.texels, ranges: level.ranges, bytes: source.bytes }
}
