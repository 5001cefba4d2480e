import { zstdCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { ZarrShelf } from './zarr-shelf.ts'
import { ZarrSource } from './zarr-source.ts'

const dims = [100, 64, 64] as const
const level = (dataType: string, fill: number) =>
  JSON.stringify({
    zarr_format: 3,
    node_type: 'array',
    shape: dims.toReversed(),
    data_type: dataType,
    chunk_grid: { name: 'regular', configuration: { chunk_shape: [64, 64, 64] } },
    chunk_key_encoding: { name: 'default', configuration: { separator: '/' } },
    fill_value: fill,
    codecs: [
      { name: 'bytes', configuration: { endian: 'little' } },
      { name: 'zstd', configuration: { level: 3, checksum: false } },
    ],
    attributes: {},
  })

/** An image of two chunks and a label map of none, without the second chunk of the image. */
function shelfOver(dropped: string[]) {
  const keys = new Map<string, string | Uint8Array<ArrayBuffer>>([
    ['/0/zarr.json', level('int16', -1000)],
    ['/0/c/0/0/0', Uint8Array.from(zstdCompressSync(new Uint8Array(2 * 64 ** 3)))],
    ['/labels/1/0/zarr.json', level('uint8', 0)],
  ])
  const source = new ZarrSource('http://server/zarr', {
    headers: {},
    onRetry: () => undefined,
    fetch: async (url) => {
      const body = keys.get(new URL(`${url}`).pathname.replace('/zarr', ''))
      return new Response(body ?? null, { status: body === undefined ? 404 : 200 })
    },
    kept: Promise.resolve({
      read: async () => undefined,
      write: () => undefined,
      drop: async () => {
        dropped.push('all')
      },
    }),
  })
  const patientFromVoxel = [0.9, 0, 0, -45, 0, 0.9, 0, -28, 0, 0, 2, -63, 0, 0, 0, 1]
  const levels = [{ path: '0', dims: [...dims] as [number, number, number], patientFromVoxel }]
  const label = {
    labelId: '1',
    name: 'liver',
    colour: [200, 100, 50] as [number, number, number],
    source: 'SEG' as const,
    fractional: false,
    voxelCount: 0,
    volumeMm3: 0,
  }
  return new ZarrShelf({ levels, labels: [label] }, source, 2 ** 30)
}

const now = { urgent: true, signal: new AbortController().signal }
const [first, second]: [Vec3, Vec3] = [
  [0, 0, 0],
  [1, 0, 0],
]

describe('a chunk that the server does not have', () => {
  it('[CASE-5] of an image is said, never drawn as air, and nothing that was kept stands in for it', async () => {
    const dropped: string[] = []
    const [finest] = shelfOver(dropped).levels
    await finest!.bring([first], now)
    expect(finest!.peek(first)?.[0]).toBe(0)
    await expect(finest!.bring([second], now)).rejects.toMatchObject({
      code: 'damaged',
      message: 'A part of this volume is missing on the server.',
    })
    expect(finest!.peek(second)).toBeUndefined()
    expect(dropped).toEqual(['all'])
  })

  it('of a label map is zeros: maps are written without what is empty', async () => {
    const dropped: string[] = []
    const [finest] = shelfOver(dropped).label('1')
    await finest!.bring([first, second], now)
    expect(finest!.peek(second)?.every((value) => value === 0)).toBe(true)
    expect(dropped).toEqual([])
  })
})
