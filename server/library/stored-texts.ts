import type { ImportStatus } from '../../shared/case/import.ts'
import type { VerifiedText } from '../dicom/index.ts'
import type { VolumeStore } from '../volume/volume-store.ts'
import type { CaseRecord } from './ports.ts'

/** Every text that an import leaves behind, for the second check; titles that staff typed are theirs. */
export async function storedTexts(
  cases: readonly CaseRecord[],
  { problems, report }: ImportStatus,
  store: VolumeStore,
): Promise<readonly VerifiedText[]> {
  const texts: VerifiedText[] = [
    { place: 'the problems of the import', text: JSON.stringify(problems) },
    { place: 'the report of the import', text: JSON.stringify(report) },
  ]
  for (const [index, { volumes, title: _, ...described }] of cases.entries()) {
    texts.push({ place: `case ${index + 1}`, text: JSON.stringify(described) })
    for (const [at, manifest] of volumes.entries()) {
      const volume = `volume ${at + 1} of case ${index + 1}`
      texts.push({ place: `the manifest of ${volume}`, text: JSON.stringify(manifest) })
      for (const { key, text } of await store.documents(manifest.volumeId)) {
        texts.push({ place: `${key} of ${volume}`, text })
      }
    }
  }
  return texts
}
