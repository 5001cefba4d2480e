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

const labels = (priors: readonly PriorCase[]) =>
  tableOf(aCase('now'), priors).volumes.map(({ volumeId, label }) => [volumeId, label])

it('[CASE-6] the case’s own volumes come first, the prior’s say when they were made', () => {
  expect(labels([{ ...aCase('then'), daysEarlier: 335 }])).toEqual([
    ['volume of now', 'CT brain'],
    ['volume of then', 'Prior · 11 months earlier · CT brain'],
  ])
  expect(labels([])).toEqual([['volume of now', 'CT brain']])
})

it('[CASE-6] without dates the day of the import is told', () => {
  expect(labels([aCase('then')])[1]).toEqual([
    'volume of then',
    'Prior · imported 22 Nov 2026 · CT brain',
  ])
})
