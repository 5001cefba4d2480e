import type { VolumeManifest } from '../../../shared/volume/manifest.ts'

/** Volumes by id with the words to pick them by; those of equal words are numbered. */
export function seriesNames(
  volumes: readonly Pick<VolumeManifest, 'volumeId' | 'label'>[],
): (readonly [volumeId: string, name: string])[] {
  return volumes.map(({ volumeId, label }) => {
    const alike = volumes.filter((other) => other.label === label)
    const n = alike.findIndex((other) => other.volumeId === volumeId) + 1
    return [volumeId, alike.length > 1 ? `${label} (${n})` : label]
  })
}
