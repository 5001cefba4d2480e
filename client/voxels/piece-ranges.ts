import type { Vec3 } from '../../shared/geometry/transform.ts'
import { brickRanges, brickSize } from '../../shared/volume/occupancy.ts'
import type { PieceRanges } from './level-piece.ts'

const paddingBits = 0xfbff

/** `at`, the piece's first texel, is a brick's first. */
export function pieceRanges(texels: Uint16Array, dims: Vec3, at: Vec3): PieceRanges {
  const [ni, nj, nk] = dims
  const bi = ni + 2 * brickSize
  const bj = nj + 2 * brickSize
  const bk = nk + 2 * brickSize
  // Padding is left out of ranges: what is around the piece says nothing.
  const block = new Uint16Array(bi * bj * bk).fill(paddingBits)
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      const from = (k * nj + j) * ni
      const to = ((k + brickSize) * bj + j + brickSize) * bi + brickSize
      block.set(texels.subarray(from, from + ni), to)
    }
  }
  const first = at.map((texel) => texel / brickSize - 1) as unknown as Vec3
  return { at: first, ...brickRanges(block, [bi, bj, bk]) }
}
