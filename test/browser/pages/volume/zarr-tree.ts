import { zstdCompressSync } from 'node:zlib'
import type { Vec3 } from '../../../../shared/geometry/transform.ts'

const chunkEdge = 64

/**
 * The keys of one level of an OME-Zarr tree as the server stores it: int16, chunks of 64³, bytes →
 * numcodecs.shuffle → zstd. All of an image's chunks are there, those of nothing but `fill` too.
 */
export function zarrLevel(
  path: string,
  voxels: Int16Array,
  [ni, nj, nk]: Vec3,
  fill: number,
): Map<string, Uint8Array> {
  const keys = new Map<string, Uint8Array>()
  keys.set(`/${path}/zarr.json`, Buffer.from(JSON.stringify(metadata([ni, nj, nk], fill))))
  for (let z = 0; z * chunkEdge < nk; z++)
    for (let y = 0; y * chunkEdge < nj; y++)
      for (let x = 0; x * chunkEdge < ni; x++) {
        const chunk = new Int16Array(chunkEdge ** 3).fill(fill)
        for (let k = 0; k < chunkEdge && z * chunkEdge + k < nk; k++)
          for (let j = 0; j < chunkEdge && y * chunkEdge + j < nj; j++) {
            const from = ((z * chunkEdge + k) * nj + y * chunkEdge + j) * ni + x * chunkEdge
            const count = Math.min(chunkEdge, ni - x * chunkEdge)
            chunk.set(voxels.subarray(from, from + count), (k * chunkEdge + j) * chunkEdge)
          }
        keys.set(`/${path}/c/${z}/${y}/${x}`, zstdCompressSync(shuffled(chunk)))
      }
  return keys
}

const metadata = ([ni, nj, nk]: Vec3, fill: number) => ({
  zarr_format: 3,
  node_type: 'array',
  shape: [nk, nj, ni],
  data_type: 'int16',
  chunk_grid: {
    name: 'regular',
    configuration: { chunk_shape: [chunkEdge, chunkEdge, chunkEdge] },
  },
  chunk_key_encoding: { name: 'default', configuration: { separator: '/' } },
  fill_value: fill,
  codecs: [
    { name: 'bytes', configuration: { endian: 'little' } },
    { name: 'numcodecs.shuffle', configuration: { elementsize: 2 } },
    { name: 'zstd', configuration: { level: 3, checksum: false } },
  ],
  attributes: {},
})

function shuffled(values: Int16Array): Uint8Array {
  const bytes = new Uint8Array(values.buffer)
  const out = new Uint8Array(bytes.length)
  for (let n = 0; n < values.length; n++) {
    out[n] = bytes[2 * n] as number
    out[values.length + n] = bytes[2 * n + 1] as number
  }
  return out
}
