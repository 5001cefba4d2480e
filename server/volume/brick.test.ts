import { describe, expect, it } from 'vitest'
import { chunkVoxels, compressed, shuffledRow } from './brick.ts'

describe('a chunk', () => {
  it.each([70, 71])(
    'gives back the voxels of its place in a slab %d wide, and fill beyond',
    (ni) => {
      const dims = [ni, 66, 3] as const
      const slab = Int16Array.from({ length: ni * 66 * 3 }, (_, n) => ((n * 7919) % 65536) - 32768)
      const row = shuffledRow(slab, dims, 1, -1024).map((planes) => compressed(planes, 1))
      expect(row).toHaveLength(2)
      for (const [ci, stored] of row.entries()) {
        const expected = new Int16Array(64 ** 3).fill(-1024)
        for (let z = 0; z < 3; z++)
          for (let y = 0; y < 2; y++)
            for (let x = 0; x < 64 && ci * 64 + x < ni; x++)
              expected[(z * 64 + y) * 64 + x] = slab[(z * 66 + 64 + y) * ni + ci * 64 + x] as number
        expect(chunkVoxels(stored, 'int16')).toEqual(expected)
      }
    },
  )

  it('keeps unsigned values above 32767', () => {
    const slab = new Uint16Array(64 ** 3).fill(65535)
    const stored = compressed(shuffledRow(slab, [64, 64, 64], 0, 0)[0]!, 3)
    expect(chunkVoxels(stored, 'uint16').every((value) => value === 65535)).toBe(true)
  })

  it('is refused where it holds too little or too much', () => {
    expect(() => chunkVoxels(compressed(new Uint8Array(10), 1), 'int16')).toThrow(RangeError)
    expect(() => chunkVoxels(compressed(new Uint8Array(2 ** 20), 1), 'int16')).toThrow(RangeError)
  })
})
