import { expect, it } from 'vitest'
import type { VolumeLabel } from '../../../shared/volume/manifest.ts'
import { millilitres, sourceWords } from './segments-panel-words.ts'

const label = { source: 'SEG' } as VolumeLabel

it('[CASE-8] says who made a segment', () => {
  expect(sourceWords({ ...label, algorithmType: 'MANUAL' })).toBe('Segmentation, by hand')
  expect(sourceWords({ ...label, algorithmType: 'AUTOMATIC' })).toBe('Segmentation, by algorithm')
  expect(sourceWords({ ...label, algorithmType: 'SEMIAUTOMATIC' })).toBe(
    'Segmentation, by hand and algorithm',
  )
  expect(sourceWords({ ...label, source: 'RTSTRUCT' })).toBe('Contours')
})

it('[CASE-8] gives a volume in millilitres, three figures of it', () => {
  expect(millilitres(42)).toBe('0.042 ml')
  expect(millilitres(6129)).toBe('6.13 ml')
  expect(millilitres(61_290)).toBe('61.3 ml')
  expect(millilitres(1_540_300)).toBe('1,540 ml')
})
