import type { VolumeManifest } from './manifest.ts'
import type { ValueWindow } from './transfer-function.ts'

/** A window by name, in stored values. */
export interface NamedWindow {
  readonly name: string
  readonly window: ValueWindow
}

const hounsfield = (name: string, windowCenter: number, windowWidth: number): NamedWindow => ({
  name,
  window: { windowCenter, windowWidth },
})

const ct: readonly NamedWindow[] = [
  hounsfield('Soft tissue', 40, 400),
  hounsfield('Lung', -600, 1500),
  hounsfield('Bone', 400, 1800),
  hounsfield('Brain', 40, 80),
  hounsfield('Vessel', 300, 600),
  hounsfield('Liver', 60, 160),
  hounsfield('Stroke', 35, 40),
]

/** The highest SUV of the windows that PET is read in. */
const topsSuv = [5, 7, 10, 20]

/**
 * The windows that a volume is read in, the usual one first: in HU for CT, SUV 0…n for PET, and for
 * what has no common scale its own and the whole range.
 */
export function windowsFor(
  volume: Pick<
    VolumeManifest,
    'modality' | 'unit' | 'suvbwFactor' | 'valueRange' | 'defaultWindow'
  >,
): readonly NamedWindow[] {
  const { modality, unit, suvbwFactor, valueRange, defaultWindow } = volume
  if (modality === 'CT' && unit === 'HU') return ct
  if (unit === 'Bq/ml' && suvbwFactor !== undefined) {
    return topsSuv.map((top) => ({
      name: `0–${top}`,
      window: { windowCenter: top / 2 / suvbwFactor, windowWidth: top / suvbwFactor },
    }))
  }
  const [low, high] = valueRange
  const opening = { name: 'As opened', window: defaultWindow }
  if (!(high > low)) return [opening]
  const whole = { windowCenter: (low + high) / 2, windowWidth: high - low }
  return [opening, { name: 'Whole range', window: whole }]
}
