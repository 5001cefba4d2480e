import { open, registry, root } from 'zarrita'
import { ZSTDDecoder } from 'zstddec'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { texelEncoder, type VoxelData } from '../../shared/volume/half-float.ts'
import { brickRanges } from '../../shared/volume/occupancy.ts'
import type { LevelMessage, ReadLevel } from './level-messages.ts'
import { ReadFailure, ZarrSource } from './zarr-source.ts'

/** As many as a browser opens to one HTTP/1.1 server. */
const parallelFetches = 6

const bytesPerValue = (dataType: string) => Number(/\d+$/.exec(dataType)?.[0]) / 8

const zstd = new ZSTDDecoder()

// zarrita's own zstd is numcodecs, which needs 'unsafe-eval' in the content security policy.
registry.set('zstd', async () => {
  await zstd.init()
  return {
    fromConfig: (_: unknown, { shape, dataType }: { shape: number[]; dataType: string }) => ({
      kind: 'bytes_to_bytes' as const,
      decode: (bytes: Uint8Array) => {
        const decoded = zstd.decode(bytes)
        // The decoder answers damaged bytes with bytes of another length.
        const length = shape.reduce((product, count) => product * count, bytesPerValue(dataType))
        if (decoded.length !== length) throw new Error(`${decoded.length} bytes, not ${length}`)
        return decoded
      },
      encode: () => {
        throw new Error('a volume is only read here')
      },
    }),
  }
})

/** Reads one level whole, as half floats and brick ranges. Throws a ReadFailure. */
export async function readLevel(
  request: ReadLevel,
  tell: (message: LevelMessage) => void,
): Promise<Extract<LevelMessage, { type: 'level' }>> {
  const source = new ZarrSource(request.zarrUrl, {
    headers: request.headers,
    onRetry: (inMs) => tell({ type: 'retrying', inMs }),
  })
  const array = await openLevel(source, request)
  const texels = new Uint16Array(request.dims[0] * request.dims[1] * request.dims[2])
  const encode = texelEncoder(request.encoding)
  const coords = chunkCoords(array.shape, array.chunks)
  let done = 0
  const next = coords.values()
  await Promise.all(
    Array.from({ length: parallelFetches }, async () => {
      for (const at of next) {
        const { data, shape } = await array.getChunk([...at]).catch(asReadFailure)
        const encoded = new Uint16Array(data.length)
        encode(data as VoxelData, encoded, 0)
        place(encoded, shape, texels, request.dims, at)
        done++
        tell({ type: 'progress', fraction: done / coords.length, bytes: source.bytes })
      }
    }),
  )
  return { type: 'level', texels, ranges: brickRanges(texels, request.dims), bytes: source.bytes }
}

async function openLevel(source: ZarrSource, { path, dims }: ReadLevel) {
  const array = await open
    .v3(root(source).resolve(path), { kind: 'array' })
    .catch((error: unknown): never => {
      if (error instanceof ReadFailure) throw error
      throw new ReadFailure('not-found', 'This volume is not on the server.', { cause: error })
    })
  const [nk, nj, ni] = array.shape
  if (array.shape.length !== 3 || ni !== dims[0] || nj !== dims[1] || nk !== dims[2]) {
    throw new ReadFailure('damaged', 'The volume on the server is not the one of this case.')
  }
  return array
}

function asReadFailure(error: unknown): never {
  if (error instanceof ReadFailure) throw error
  throw new ReadFailure('damaged', 'A part of the volume could not be decoded.', { cause: error })
}

/** Chunk coordinates [z, y, x] of the whole grid. */
function chunkCoords(shape: readonly number[], chunks: readonly number[]): Vec3[] {
  const [nz = 0, ny = 0, nx = 0] = shape.map((count, axis) =>
    Math.ceil(count / (chunks[axis] as number)),
  )
  const coords: Vec3[] = []
  for (let z = 0; z < nz; z++)
    for (let y = 0; y < ny; y++) for (let x = 0; x < nx; x++) coords.push([z, y, x])
  return coords
}

/** Puts a chunk (shape z, y, x) where it belongs; what sticks out over the volume's end is dropped. */
function place(
  chunk: Uint16Array,
  [cz = 0, cy = 0, cx = 0]: readonly number[],
  texels: Uint16Array,
  [ni, nj, nk]: Vec3,
  [z, y, x]: Vec3,
): void {
  const [i0, j0, k0] = [x * cx, y * cy, z * cz]
  const count = Math.min(cx, ni - i0)
  for (let k = 0; k < Math.min(cz, nk - k0); k++) {
    for (let j = 0; j < Math.min(cy, nj - j0); j++) {
      const from = (k * cy + j) * cx
      texels.set(chunk.subarray(from, from + count), ((k0 + k) * nj + j0 + j) * ni + i0)
    }
  }
}
