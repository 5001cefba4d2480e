import { expect, it } from 'vitest'
import { CloseCode } from '../../shared/protocol/close-codes.ts'
import { nextRetryDelayMs } from './retry-policy.ts'

it('a cut line is tried again at once, then ever more slowly, for half an hour', () => {
  const delays = Array.from({ length: 8 }, (_, attempt) =>
    nextRetryDelayMs({ code: 1006, attempt, sinceLossMs: 0 }),
  )
  expect(delays[0]).toBe(0)
  expect(delays).toEqual([...delays].sort((a, b) => (a ?? 0) - (b ?? 0)))
  expect(nextRetryDelayMs({ code: 1006, attempt: 99, sinceLossMs: 60_000 })).toBe(5_000)
  expect(nextRetryDelayMs({ code: 1006, attempt: 999, sinceLossMs: 3_600_000 })).toBeNull()
})

it('a closed conference, a flood and a second page are the end', () => {
  for (const code of [CloseCode.ConferenceClosed, CloseCode.Flooding, CloseCode.JoinedElsewhere]) {
    expect(nextRetryDelayMs({ code, attempt: 0, sinceLossMs: 0 })).toBeNull()
  }
})
