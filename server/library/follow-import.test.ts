import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ImportStatus } from '../../shared/case/import.ts'
import { followImport } from './follow-import.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const building = (progress: number): ImportStatus => ({
  importId: 'import',
  state: 'building',
  progress,
  problems: [],
  caseIds: [],
  report: { files: 0, bytes: 0, volumes: 0, setAside: [] },
  createdAtMs: 1,
})

/** Follows an import of which these are the answers of the database, one look after the other. */
function follow(answers: (ImportStatus | Error | undefined)[]) {
  const told: ImportStatus[] = []
  const troubles: unknown[] = []
  let looks = 0
  const stop = followImport({
    look: async () => {
      const answer = answers[Math.min(looks++, answers.length - 1)]
      if (answer instanceof Error) throw answer
      return answer
    },
    tell: (status) => told.push(status),
    everyMs: 1000,
    onTrouble: (error) => troubles.push(error),
  })
  return { told, troubles, stop, looks: () => looks }
}

it('[OPS-2] an import of another process is told where it has changed, until it has ended', async () => {
  const ready = { ...building(1), state: 'ready' } as const
  const { told, looks } = follow([building(0.4), building(0.4), building(0.7), ready])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(told).toEqual([building(0.4), building(0.7), ready])
  expect(looks()).toBe(4)
})

it('[OPS-2] nobody looks at it any more when nobody listens, not even once', async () => {
  const { told, stop, looks } = follow([building(0.4)])
  await vi.advanceTimersByTimeAsync(3000)
  expect(looks()).toBe(3)
  vi.advanceTimersByTime(1000) // a look begins
  stop()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(looks()).toBe(4)
  expect(told).toHaveLength(1)
})

it('[OPS-2] a look that fails is said, and others follow', async () => {
  const gone = new Error('the database has gone away')
  const { told, troubles, stop } = follow([gone, building(0.4)])
  await vi.advanceTimersByTimeAsync(2000)
  expect([told, troubles]).toEqual([[building(0.4)], [gone]])
  stop()
})

it('an import that is not there is not followed', async () => {
  const { told, looks } = follow([undefined])
  await vi.advanceTimersByTimeAsync(60_000)
  expect([told, looks()]).toEqual([[], 1])
})
