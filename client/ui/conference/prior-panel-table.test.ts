import { expect, it } from 'vitest'
import type { CaseDetails } from '../../../shared/case/case.ts'
import type { PriorCase } from '../../../shared/case/prior.ts'
import type { VolumeManifest } from '../../../shared/volume/manifest.ts'
import { tableOf } from './prior-panel-table.ts'

const aCase = (caseId: string): CaseDetails => ({
  caseId,
  title: 'CT brain',
  modality: 'CT',
  createdAtMs: Date.UTC(2026, 10, 22, 12),
  volumeCount: 1,
  volumes: [{ volumeId: `volume of ${caseId}`, label: 'CT brain' } as VolumeManifest],
  face: { state: 'not-needed' },
})

it('[CASE-6] the case’s own volumes come first, the prior’s say when they were made', () => {
  const prior: PriorCase = { ...aCase('then'), daysEarlier: 335 }
  const { details, when } = tableOf(aCase('now'), [prior])
  expect(details.volumes.map(({ volumeId, label }) => [volumeId, label])).toEqual([
    ['volume of now', 'CT brain'],
    ['volume of then', 'CT brain · 11 months earlier'],
  ])
  expect(when('volume of then')).toBe('11 months earlier')
  expect(when('volume of now')).toBeUndefined()
})

it('[CASE-6] without dates the day of the import is told', () => {
  const { when } = tableOf(aCase('now'), [aCase('then')])
  expect(when('volume of then')).toBe('imported 22 Nov 2026')
})
