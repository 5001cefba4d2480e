import { expect, it } from 'vitest'
import type { AccessAction, ListedEntry } from '../audit/access-log.ts'
import { participantsOf } from './participants.ts'

const entry = (
  atMs: number,
  action: AccessAction,
  id: string,
  kind: ListedEntry['actor']['kind'] = 'participant',
): ListedEntry => ({
  entryId: atMs,
  atMs,
  action,
  subjectId: 'c',
  actor: { kind, id, name: `Dr ${id}` },
})

it('[OUT-3] who came back counts once, and who is there has not left', () => {
  const entries = [
    entry(1, 'opened', 'Opener', 'clinician'),
    entry(2, 'joined', 'Ada'),
    entry(3, 'joined', 'Ben'),
    entry(4, 'left', 'Ben'),
    entry(5, 'left', 'Ada'),
    entry(6, 'joined', 'Ada'),
    entry(7, 'saw', 'Cleo'),
  ]
  expect(participantsOf(entries.toReversed())).toEqual([
    { name: 'Dr Ada', joinedAtMs: 2 },
    { name: 'Dr Ben', joinedAtMs: 3, leftAtMs: 4 },
  ])
})
