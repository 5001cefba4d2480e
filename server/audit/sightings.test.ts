import { describe, expect, it } from 'vitest'
import type { AccessEntry, AccessLog } from './access-log.ts'
import { Sightings } from './sightings.ts'

const ada = { kind: 'participant', id: 'p1', name: 'Ada' } as const
const ben = { kind: 'participant', id: 'p2', name: 'Ben' } as const

function watched() {
  const entries: AccessEntry[] = []
  const clock = { nowMs: 0, broken: false }
  const log: AccessLog = {
    record: async (entry) => {
      if (clock.broken) throw new Error('disk full')
      entries.push(entry)
    },
    recent: async () => [],
  }
  return { entries, clock, sightings: new Sightings(log, () => clock.nowMs) }
}

describe('sightings', () => {
  it('are recorded once in ten minutes for each who, what and how', async () => {
    const { entries, clock, sightings } = watched()
    await Promise.all(Array.from({ length: 50 }, () => sightings.record(ada, 'saw', 'v1')))
    await sightings.record(ben, 'saw', 'v1')
    await sightings.record(ada, 'saw', 'v2')
    await sightings.record(ada, 'opened', 'v1')
    expect(entries).toHaveLength(4)
    clock.nowMs = 10 * 60_000 - 1
    await sightings.record(ada, 'saw', 'v1')
    expect(entries).toHaveLength(4)
    clock.nowMs = 10 * 60_000
    await sightings.record(ada, 'saw', 'v1')
    expect(entries.at(-1)).toEqual({
      atMs: 600_000,
      actor: ada,
      action: 'saw',
      subjectId: 'v1',
    })
    expect(entries).toHaveLength(5)
  })

  it('that could not be recorded are refused, and recorded at the next call', async () => {
    const { entries, clock, sightings } = watched()
    clock.broken = true
    await expect(sightings.record(ada, 'saw', 'v1')).rejects.toThrow('disk full')
    clock.broken = false
    await sightings.record(ada, 'saw', 'v1')
    expect(entries).toHaveLength(1)
  })
})
