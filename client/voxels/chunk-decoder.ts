import { type DataType, open, registry, root, type Array as ZarrArray } from 'zarrita'
import { ZSTDDecoder } from 'zstddec'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { VoxelData } from '../../shared/volume/half-float.ts'
import { ReadFailure } from './read-failure.ts'

/** Voxels along an edge of every chunk that Caseroom stores. */
export const chunkEdge = 64

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

export type KeyReader = (key: `/${string}`) => Promise<Uint8Array | undefined>

const voxelTypes = ['int16', 'uint16', 'uint8', 'float32']

/** Turns the stored chunks of one level (a zarr array) into voxels. */
export class ChunkDecoder {
  readonly #array: ZarrArray<DataType>
  /** The chunks that are being decoded, by their keys. */
  readonly #bytes: Map<string, Uint8Array>
  readonly #path: string
  #empty: VoxelData | undefined

  private constructor(path: string, array: ZarrArray<DataType>, bytes: Map<string, Uint8Array>) {
    this.#path = path
    this.#array = array
    this.#bytes = bytes
  }

  /** Reads the level's metadata. Throws a ReadFailure where there is none or it is another volume's. */
  static async open(path: string, dims: Vec3, read: KeyReader): Promise<ChunkDecoder> {
    const bytes = new Map<string, Uint8Array>()
    const metadataKey = `/${path}/zarr.json` as const
    const store = {
      get: async (key: `/${string}`) => (key === metadataKey ? read(key) : bytes.get(key)),
    }
    const array = await open
      .v3(root(store).resolve(path), { kind: 'array' })
      .catch((error: unknown): never => {
        if (error instanceof ReadFailure) throw error
        throw new ReadFailure('not-found', 'This volume is not on the server.', { cause: error })
      })
    const [nk, nj, ni] = array.shape
    const isThisOne = array.shape.length === 3 && ni === dims[0] && nj === dims[1] && nk === dims[2]
    const isReadable =
      array.chunks.every((edge) => edge === chunkEdge) && voxelTypes.includes(array.dtype)
    if (!isThisOne || !isReadable) {
      throw new ReadFailure('damaged', 'The volume on the server is not the one of this case.')
    }
    return new ChunkDecoder(path, array, bytes)
  }

  /** Voxels of a chunk, x fastest. `stored` undefined: nothing but the fill value, the same each time. */
  async decode([i, j, k]: Vec3, stored: Uint8Array | undefined): Promise<VoxelData> {
    if (!stored) {
      this.#empty ??= (await this.#array.getChunk([k, j, i])).data as VoxelData
      return this.#empty
    }
    const key = `/${this.#path}/c/${k}/${j}/${i}`
    this.#bytes.set(key, stored)
    try {
      return (await this.#array.getChunk([k, j, i])).data as VoxelData
    } catch (error) {
      throw new ReadFailure('damaged', 'A part of the volume could not be decoded.', {
        cause: error,
      })
    } finally {
      this.#bytes.delete(key)
    }
  }

  /** The shared chunk of nothing costs nothing. */
  costOf(voxels: VoxelData): number {
    return voxels === this.#empty ? 0 : voxels.byteLength
  }
}
