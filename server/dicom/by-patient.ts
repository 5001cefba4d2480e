import type { DescribedFile } from './described-file.ts'
import { identityOf, namesSomebody } from './original.ts'
import type { Outcome } from './outcome.ts'
import { DicomError, problemWords } from './problem.ts'
import type { OriginalPatient, OriginalStudy } from './vault/origin.ts'

/**
 * Files by `identityOf` their patient. A study that several patients claim is nobody's: whose it is
 * cannot be known.
 */
export function byPatient(
  described: readonly DescribedFile[],
  outcome: Outcome,
): ReadonlyMap<string, readonly DescribedFile[]> {
  const patients = new Map<string, string>()
  for (const [study, files] of Map.groupBy(described, studyOf)) {
    const named = files.filter(({ original }) => namesSomebody(original))
    const identities = new Set((named.length > 0 ? named : files).map(patientOf))
    if (identities.size > 1) {
      const message = `${problemWords['several-patients']} There are ${identities.size}.`
      outcome.refuseAll(new DicomError('several-patients', message), files.length)
    } else patients.set(study, [...identities][0]!)
  }
  const clear = described.filter((each) => patients.has(studyOf(each)))
  return Map.groupBy(clear, (each) => patients.get(studyOf(each))!)
}

/** As a file of the study names them, where one does. */
export function patientOfStudy(
  described: readonly DescribedFile[],
  { studyInstanceUID }: OriginalStudy,
): OriginalPatient {
  const ofStudy = described.filter((each) => studyOf(each) === studyInstanceUID)
  const naming = ofStudy.find(({ original }) => namesSomebody(original)) ?? ofStudy[0]
  return naming?.original.patient ?? {}
}

const studyOf = ({ original }: DescribedFile) => original.study.studyInstanceUID
const patientOf = ({ original }: DescribedFile) => identityOf(original)
