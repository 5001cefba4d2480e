import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import { shownScale } from '../../shared/volume/suv.ts'

/** "43 HU", "2.31 SUV"; of values without a unit, as MR's, the figure alone. */
export function valueWords(
  value: number,
  manifest: Pick<VolumeManifest, 'unit' | 'suvbwFactor'>,
): string {
  const { unit, perStored } = shownScale(manifest)
  const shown = value * perStored
  return `${figure(shown, unit === 'SUV' ? 2 : 0)} ${unit}`.trim()
}

/** Centre and width, as "40 / 400 HU". */
export function windowWords(
  { windowCenter, windowWidth }: { windowCenter: number; windowWidth: number },
  manifest: Pick<VolumeManifest, 'unit' | 'suvbwFactor'>,
): string {
  const { unit, perStored } = shownScale(manifest)
  const digits = unit === 'SUV' ? 2 : 0
  const [centre, width] = [windowCenter * perStored, windowWidth * perStored]
  return `${figure(centre, digits)} / ${figure(width, digits)} ${unit}`.trim()
}

function figure(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits)
  return value < 0 && Number(text) > 0 ? `−${text}` : text
}
