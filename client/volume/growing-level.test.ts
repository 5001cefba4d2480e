import { describe, expect, it } from 'vitest'
import { transform, type Vec3 } from '../../shared/geometry/transform.ts'
import { halfBits } from '../../shared/volume/half-float.ts'
import { brickRanges } from '../../shared/volume/occupancy.ts'
import { pieceRanges } from '../voxels/piece-ranges.ts'
import { GrowingLevel } from './growing-level.ts'

const dims: Vec3 = [100, 70, 130]
const patientFromVoxel = transform<'patient', 'voxel'>([
  1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1,
])
const paddingBits = 0xfbff

/** Waves with specks, and a corner of padding; the same each time. */
function texelsFrom(phase: number): Uint16Array<ArrayBuffer> {
  const [ni, nj] = dims
  return Uint16Array.from({ length: ni * nj * dims[2] }, (_, n) => {
    const [i, j, k] = [n % ni, Math.floor(n / ni) % nj, Math.floor(n / (ni * nj))] as const
    if (i + j + k < 30) return paddingBits
    const speck = (n * 7919 + phase) % 1009 === 0 ? 1500 : 0
    return halfBits(Math.round(200 * Math.sin((i + 2 * j + 3 * k + phase) / 9)) + speck)
  })
}

function* piecesOf(texels: Uint16Array, own: boolean) {
  const [ni, nj, nk] = dims
  for (let z = 0; z < nk; z += 64)
    for (let y = 0; y < nj; y += 64)
      for (let x = 0; x < ni; x += 64) {
        const at: Vec3 = [x, y, z]
        const size: Vec3 = [Math.min(64, ni - x), Math.min(64, nj - y), Math.min(64, nk - z)]
        const part = new Uint16Array(size[0] * size[1] * size[2])
        for (let k = 0; k < size[2]; k++)
          for (let j = 0; j < size[1]; j++) {
            const from = ((z + k) * nj + y + j) * ni + x
            part.set(texels.subarray(from, from + size[0]), (k * size[1] + j) * size[0])
          }
        yield { at, dims: size, texels: part, ranges: pieceRanges(part, size, at), own }
      }
}

describe('a level that comes piece by piece', () => {
  it('is, once all have come, the level and its ranges as if it had come whole', () => {
    const texels = texelsFrom(0)
    const level = new GrowingLevel(dims, patientFromVoxel)
    const pieces = [...piecesOf(texels, true)]
    for (const [n, piece] of pieces.entries()) {
      expect(level.full).toBe(false)
      level.place(piece)
      expect(level.full).toBe(n === pieces.length - 1)
    }
    expect(level.texels).toEqual(texels)
    expect(level.ranges).toEqual(brickRanges(texels, dims))
  })

  it('where a finer piece replaces a coarser one its ranges hold every texel, and inside no other', () => {
    const [before, after] = [texelsFrom(400), texelsFrom(0)]
    const level = new GrowingLevel(dims, patientFromVoxel)
    for (const piece of piecesOf(before, false)) level.place(piece)
    for (const piece of piecesOf(after, true)) level.place(piece)
    expect(level.full).toBe(true)
    expect(level.texels).toEqual(after)
    const { dims: bricks, low, high } = brickRanges(after, dims)
    const edge = Math.round(64 / (dims[0] / bricks[0]))
    let inside = 0
    for (let n = 0; n < low.length; n++) {
      expect(level.ranges.low[n]!).toBeLessThanOrEqual(low[n]!)
      expect(level.ranges.high[n]!).toBeGreaterThanOrEqual(high[n]!)
      const at = [n % bricks[0], Math.floor(n / bricks[0]) % bricks[1]]
      const slice = Math.floor(n / (bricks[0] * bricks[1]))
      if ([...at, slice].some((b) => [0, edge - 1].includes(b % edge))) continue
      expect([level.ranges.low[n], level.ranges.high[n]]).toEqual([low[n], high[n]])
      inside++
    }
    expect(inside).toBeGreaterThan(100)
  })
})
