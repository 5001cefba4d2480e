import { expect, it } from 'vitest'
import { roundsInTime } from './rounds-in-time.ts'

/** How many rounds are begun where each takes so long. */
function begun(secondsEach: number): number {
  const clock = { nowMs: 5 }
  let count = 0
  const scenario = { rounds: 5, boundSeconds: 100 }
  for (const round of roundsInTime(scenario, clock.nowMs, () => clock.nowMs)) {
    expect(round).toBe(++count)
    clock.nowMs += secondsEach * 1000
  }
  return count
}

it('there are as many rounds as asked for, or as end in time, and always one', () => {
  expect(begun(10)).toBe(5)
  expect(begun(16)).toBe(5)
  expect(begun(25)).toBe(3)
  expect(begun(300)).toBe(1)
})
