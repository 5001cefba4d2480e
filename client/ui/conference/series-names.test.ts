import { expect, it } from 'vitest'
import { seriesNames } from './series-names.ts'

it('numbers series that the same words describe, and no others', () => {
  const volumes = ['CT · 1 mm', 'CT · 5 mm', 'CT · 1 mm'].map((label, n) => ({
    volumeId: `v${n}`,
    label,
  }))
  expect(seriesNames(volumes)).toEqual([
    ['v0', 'CT · 1 mm (1)'],
    ['v1', 'CT · 5 mm'],
    ['v2', 'CT · 1 mm (2)'],
  ])
})
