import { describe, expect, it } from 'vitest'
import { chunkVoxels, compressed, shuffledChunk } from './brick.ts'

describe('a chunk', () => {
  it('gives back the voxels of its place in the slab, and fill beyond the edge', () => {
    const dims = [70, 66, 3] as const
    const slab = Int16Array.from({ length: 70 * 66 * 3 }, (_, n) => ((n * 7919) % 65536) - 32768)
    const chunk = chunkVoxels(compressed(shuffledChunk(slab, dims, 1, 1, -1024), 1), 'int16')
    for (const [x, y, z] of [
      [0, 0, 0],
      [5, 1, 2],
      [3, 0, 1],
    ] as const) {
      const expected = slab[(z * 66 + 64 + y) * 70 + 64 + x]
      expect(chunk[(z * 64 + y) * 64 + x]).toBe(expected)
    }
    expect(chunk[6]).toBe(-1024)
    expect(chunk[2 * 64]).toBe(-1024)
    expect(chunk[3 * 64 * 64]).toBe(-1024)
  })

  it('keeps unsigned values above 32767', () => {
    const slab = new Uint16Array(64 ** 3).fill(65535)
    const stored = compressed(shuffledChunk(slab, [64, 64, 64], 0, 0, 0), 3)
    expect(chunkVoxels(stored, 'uint16').every((value) => value === 65535)).toBe(true)
  })

  it('is refused where it holds too little or too much', () => {
    expect(() => chunkVoxels(compressed(new Uint8Array(10), 1), 'int16')).toThrow(RangeError)
    expect(() => chunkVoxels(compressed(new Uint8Array(2 ** 20), 1), 'int16')).toThrow(RangeError)
  })
})
