import type { ValueWindow } from '../../shared/volume/transfer-function.ts'

/** A series of the shared test data and the look it is drawn with. */
export interface Case {
  readonly name: string
  readonly folder: string
  readonly presetId: string
  readonly window: ValueWindow
}

export const cases: readonly Case[] = [
  {
    name: 'CT chest, bone',
    folder: 'petct-lung-acrin042/ct',
    presetId: 'ct-bone',
    window: { windowCenter: 400, windowWidth: 1800 },
  },
  {
    name: 'CT chest, soft tissue',
    folder: 'petct-lung-acrin042/ct',
    presetId: 'ct-soft-tissue',
    window: { windowCenter: 40, windowWidth: 400 },
  },
  {
    name: 'MR head',
    folder: 'mr-t1-sagittal-studyforrest',
    presetId: 'mr-default',
    window: { windowCenter: 35, windowWidth: 70 },
  },
]
