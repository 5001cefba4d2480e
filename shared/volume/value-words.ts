import type { VolumeManifest } from './manifest.ts'
import { shownScale } from './suv.ts'

/**
 * A stored value as people read it: `−734 HU`, `2.35 SUV`, `1204 Bq/ml`, and as a bare number where
 * values have no unit, as MR's.
 */
export function valueWords(
  stored: number,
  manifest: Pick<VolumeManifest, 'unit' | 'suvbwFactor'>,
): string {
  const { unit, perStored } = shownScale(manifest)
  const figure = (stored * perStored).toFixed(unit === 'SUV' ? 2 : 0)
  // Minus zero is nobody's reading.
  const words = Number(figure) < 0 ? figure.replace('-', '−') : figure.replace('-', '')
  return unit ? `${words} ${unit}` : words
}
