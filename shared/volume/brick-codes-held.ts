import type { Vec3 } from '../geometry/transform.ts'

/**
 * From brick `low` to before brick `high`; the volume's outermost go on beyond it. Where nothing is
 * held, low is above high.
 */
export interface HeldBricks {
  readonly low: Vec3
  readonly high: Vec3
}

const far = 1e6
export const noBricks: HeldBricks = { low: [far, far, far], high: [-far, -far, -far] }

/** Kinds as `brickKinds` answers them, x fastest. */
export function heldBricks(kinds: Uint8Array, [bi, bj, bk]: Vec3): HeldBricks {
  const low = [...noBricks.low] as [number, number, number]
  const high = [...noBricks.high] as [number, number, number]
  const widen = (axis: 0 | 1 | 2, first: number, end: number, bricks: number) => {
    low[axis] = Math.min(low[axis], first === 0 ? -far : first)
    high[axis] = Math.max(high[axis], end === bricks ? far : end)
  }
  for (let k = 0, row = 0; k < bk; k++) {
    for (let j = 0; j < bj; j++, row += bi) {
      let first = 0
      while (first < bi && kinds[row + first] === 0) first++
      if (first === bi) continue
      let end = bi
      while (kinds[row + end - 1] === 0) end--
      widen(0, first, end, bi)
      widen(1, j, j + 1, bj)
      widen(2, k, k + 1, bk)
    }
  }
  return { low, high }
}
