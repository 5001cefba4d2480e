import type { VolumeManifest } from './manifest.ts'
import type { ValueWindow } from './transfer-function.ts'

/** SUV 0…10 in stored values (Bq/ml): the window in which most nuclear medicine is read. */
export function suvWindow(suvbwFactor: number): ValueWindow {
  return { windowCenter: 5 / suvbwFactor, windowWidth: 10 / suvbwFactor }
}

/** What people are shown for stored values: `shown = stored × perStored`. */
export interface ShownScale {
  /** Empty for values without a unit, as MR's. */
  readonly unit: 'HU' | 'SUV' | 'Bq/ml' | ''
  readonly perStored: number
}

/** SUV where it is known, else the unit that the values are stored in. */
export function shownScale({
  unit,
  suvbwFactor,
}: Pick<VolumeManifest, 'unit' | 'suvbwFactor'>): ShownScale {
  if (unit === 'Bq/ml' && suvbwFactor !== undefined) {
    return { unit: 'SUV', perStored: suvbwFactor }
  }
  return { unit: unit === 'stored' ? '' : unit, perStored: 1 }
}
