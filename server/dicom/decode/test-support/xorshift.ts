/** Whole numbers from 0 up to but without `below`. */
export type Random = (below: number) => number

/** Marsaglia's xorshift32; the same seed, the same numbers. */
export function xorshift(seed: number): Random {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 0 || 1
  const next = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
  // Seeds that follow one another begin alike.
  for (let n = 0; n < 8; n++) next()
  return (below) => next() % below
}
