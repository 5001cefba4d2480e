import { describe, expect, it } from 'vitest'
import { chunkVoxels, compressed, isEmpty, shuffledRow } from './brick.ts'

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

  it('of floats keeps every bit, and its fill', () => {
    const dims = [67, 64, 2] as const
    const slab = Float32Array.from({ length: 67 * 64 * 2 }, (_, n) => (n - 4000) * 1.7e-3)
    slab[0] = -0
    slab[1] = 3.4e38
    slab[2] = 1e-45
    const [first, second] = shuffledRow(slab, dims, 0, -0.1).map((planes) =>
      chunkVoxels(compressed(planes, 1), 'float32'),
    )
    const bits = (voxels: Float32Array) => [...new Uint32Array(voxels.slice().buffer)]
    for (const [z, y] of [
      [0, 0],
      [1, 63],
    ] as const) {
      const row = slab.subarray((z * 64 + y) * 67, (z * 64 + y + 1) * 67)
      const at = (z * 64 + y) * 64
      expect(bits(first!.subarray(at, at + 64) as Float32Array)).toEqual(bits(row.subarray(0, 64)))
      expect([...second!.subarray(at, at + 4)]).toEqual([...row.subarray(64), Math.fround(-0.1)])
    }
    expect(first!.at(-1)).toBe(Math.fround(-0.1))
  })

  it('of a label is empty where it is zero throughout', () => {
    const slab = new Uint8Array(70 * 64 * 3)
    slab[69] = 1
    const row = shuffledRow(slab, [70, 64, 3], 0, 0)
    expect(row.map(isEmpty)).toEqual([true, false])
    expect(chunkVoxels(compressed(row[1]!, 1), 'uint8')[5]).toBe(1)
  })

  it('is refused where it holds too little or too much', () => {
    expect(() => chunkVoxels(compressed(new Uint8Array(10), 1), 'int16')).toThrow(RangeError)
    expect(() => chunkVoxels(compressed(new Uint8Array(2 ** 20), 1), 'int16')).toThrow(RangeError)
  })
})
