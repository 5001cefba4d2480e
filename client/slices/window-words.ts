import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import type { ValueWindow } from '../../shared/volume/transfer-function.ts'
import { valueWords } from '../../shared/volume/value-words.ts'

/** Centre and width, as "40 / 400 HU". */
export function windowWords(
  { windowCenter, windowWidth }: ValueWindow,
  manifest: Pick<VolumeManifest, 'unit' | 'suvbwFactor'>,
): string {
  const [centre] = valueWords(windowCenter, manifest).split(' ')
  return `${centre} / ${valueWords(windowWidth, manifest)}`
}
