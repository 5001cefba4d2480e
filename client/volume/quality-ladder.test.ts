import { describe, expect, it } from 'vitest'
import { QualityLadder, type QualityRung, qualityRungs } from './quality-ladder.ts'

const cost = ({ stepVoxels, pixelScale }: QualityRung, fullMs: number) =>
  fullMs / (stepVoxels * pixelScale ** 2)

/** Pictures in motion on a device where a full one takes `fullMs`; answers the rungs taken. */
function move(ladder: QualityLadder, fullMs: (picture: number) => number, pictures: number) {
  const rungs: number[] = []
  let nowMs = 0
  for (let n = 0; n < pictures; n++) {
    const { rung } = ladder
    const ms = cost(rung, fullMs(n))
    nowMs += Math.max(ms, 16)
    ladder.measured(rung, ms, nowMs)
    rungs.push(qualityRungs.indexOf(ladder.rung))
  }
  return rungs
}

describe('the quality of a picture in motion', () => {
  it('on a strong device climbs to the best, one rung at a time, and stays', () => {
    const rungs = move(new QualityLadder(30), () => 4, 400)
    expect(rungs.at(-1)).toBe(0)
    expect(rungs.every((rung, n) => n === 0 || rungs[n - 1]! - rung <= 1)).toBe(true)
    expect(rungs.indexOf(1)).toBeGreaterThan(50)
  })

  it('on a weak device goes straight to what fits its budget', () => {
    const ladder = new QualityLadder(30)
    const rungs = move(ladder, () => 400, 5)
    expect(ladder.expectedMs(qualityRungs[rungs[0]!]!)).toBeLessThanOrEqual(30)
    expect(new Set(rungs).size).toBe(1)
  })

  it('takes the coarsest there is where nothing fits', () => {
    expect(move(new QualityLadder(30), () => 1e5, 3).at(-1)).toBe(qualityRungs.length - 1)
  })

  it('[XR-5] does not pump where the cost swings about the budget', () => {
    const rungs = move(new QualityLadder(30), (n) => 60 + 30 * Math.sin(n / 40), 6000)
    const turns = rungs.filter((rung, n) => n > 0 && rung !== rungs[n - 1]).length
    expect(turns).toBeLessThan(10)
  })

  it('expects more of a finer level, before it was drawn', () => {
    const ladder = new QualityLadder(30)
    ladder.measured(qualityRungs[0]!, 20, 0)
    ladder.scaleCost(4)
    expect(ladder.expectedMs(qualityRungs[0]!)).toBeCloseTo(80)
  })

  it('[XR-5] goes down and up with a budget that changes, by what is known of the cost', () => {
    const ladder = new QualityLadder(9)
    const before = move(ladder, () => 20, 400).at(-1)!
    ladder.setBudget(4)
    expect(move(ladder, () => 20, 1)[0]!).toBeGreaterThan(before)
    ladder.setBudget(40)
    expect(move(ladder, () => 20, 2000).at(-1)!).toBeLessThan(before)
  })
})
