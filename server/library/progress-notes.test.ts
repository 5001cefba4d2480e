import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ImportState } from '../../shared/case/import.ts'
import { ProgressNotes } from './progress-notes.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const status = (state: ImportState, progress: number) => ({
  importId: 'import',
  state,
  progress,
  problems: [],
  caseIds: [],
  report: { files: 0, bytes: 0, volumes: 0, setAside: [] },
  createdAtMs: 1,
})

it('[OPS-2] progress is noted once a second at most, and only while it changes', () => {
  const stored: [ImportState, number][] = []
  const notes = new ProgressNotes({
    imports: {
      updateProgress: async ({ state, progress }) => {
        stored.push([state, progress])
      },
    },
    everyMs: 1000,
    onTrouble: (error) => expect.unreachable(String(error)),
  })
  for (let tick = 0; tick < 250; tick++) {
    notes.hear(status('building', tick / 1000))
    vi.advanceTimersByTime(10)
  }
  expect(stored).toEqual([
    ['building', 0.1],
    ['building', 0.2],
  ])
  vi.advanceTimersByTime(60_000)
  expect(stored).toHaveLength(2)
  notes.hear(status('ready', 1))
  expect(stored).toHaveLength(2)
})

it('[OPS-2] progress that could not be stored is said, and the next is stored', async () => {
  let away = true
  const stored: number[] = []
  const troubles: unknown[] = []
  const notes = new ProgressNotes({
    imports: {
      updateProgress: async ({ progress }) => {
        if (away) throw new Error('the database has gone away')
        stored.push(progress)
      },
    },
    everyMs: 1000,
    onTrouble: (error) => troubles.push(error),
  })
  notes.hear(status('reading', 0.1))
  for (const progress of [0.2, 0.3]) {
    await vi.advanceTimersByTimeAsync(1000)
    notes.hear(status('reading', progress))
    await vi.advanceTimersByTimeAsync(0)
    away = false
  }
  expect(troubles).toEqual([new Error('the database has gone away')])
  expect(stored).toEqual([0.3])
})
