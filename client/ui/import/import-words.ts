import type { ImportReport, ImportState } from '../../../shared/case/import.ts'
import { bytes, count } from '../common/format.ts'

export const stageWords: Record<ImportState, string> = {
  receiving: 'Receiving',
  reading: 'Reading the images',
  deidentifying: 'Removing identities',
  building: 'Building the volumes',
  ready: 'Ready',
  rejected: 'Not imported',
  quarantined: 'Held back',
  failed: 'Failed',
}

/** What was found, in counts; what was set aside is said one by one below it. */
export function foundWords({ files, bytes: size, volumes }: ImportReport): string {
  const parts = [`${count(files, 'file')}, ${bytes(size)}`]
  if (volumes > 0) parts.push(count(volumes, 'volume'))
  return parts.join(' · ')
}
