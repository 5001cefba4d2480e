import { expect, it } from 'vitest'
import type { VolumeManifest } from '../shared/volume/manifest.ts'
import { caseFacts } from './case-facts.ts'
import type { CaseRecord } from './library/ports.ts'

const volume = (volumeId: string, modality: string): VolumeManifest => ({
  volumeId,
  modality,
  label: modality,
  frameOfReferenceUID: '2.25.1',
  dims: [4, 4, 4],
  patientFromVoxel: [0.9, 0, 0, 5, 0, 0.8, 0, -7, 0, 0, 2, 3, 0, 0, 0, 1],
  dataType: 'int16',
  valueRange: [0, 1],
  unit: 'stored',
  defaultWindow: { windowCenter: 1, windowWidth: 2 },
  histogram: [64],
  levels: [
    {
      path: '0',
      dims: [4, 4, 4],
      patientFromVoxel: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
    },
  ],
})
const record = (...volumes: VolumeManifest[]) => ({ caseId: 'one', volumes }) as CaseRecord
const order = (made: CaseRecord, prior?: CaseRecord) =>
  caseFacts(made, prior).volumes.map(({ volumeId }) => volumeId)

it('[CASE-3] a PET/CT opens on the CT, whichever series came first; the rest keeps its order', () => {
  const petCt = record(volume('pet', 'PT'), volume('low dose', 'CT'), volume('lung', 'CT'))
  expect(order(petCt)).toEqual(['low dose', 'lung', 'pet'])
  expect(order(record(volume('pet', 'PT')))).toEqual(['pet'])
  const prior = record(volume('prior', 'CT'))
  expect(order(petCt, prior)).toEqual(['low dose', 'lung', 'pet', 'prior'])
})
