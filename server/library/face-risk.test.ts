import { expect, it } from 'vitest'
import { mayShowFace } from './face-risk.ts'

const box = (modality: string, [x, y, z]: readonly [number, number, number]) => ({
  modality,
  dims: [x, y, z] as [number, number, number],
  patientFromVoxel: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
})

it.each([
  ['HEAD', 'CT', [230, 230, 60], true],
  ['SINUS', 'CT', [150, 150, 60], true],
  ['CHEST', 'CT', [500, 500, 440], false],
  ['CHEST', 'CT', [500, 500, 1000], true],
  ['KNEE', 'MR', [180, 180, 120], false],
  [undefined, 'MR', [190, 260, 250], true],
  [undefined, 'CT', [500, 500, 440], false],
  [undefined, 'CT', [230, 230, 40], false],
  ['HEAD', 'PT', [230, 230, 160], false],
] as const)('[PRIV-4] %s %s of %j mm may show a face: %s', (part, modality, size, expected) => {
  expect(mayShowFace(part, [box(modality, size)])).toBe(expected)
})
