import { decodeText } from './part10/character-set.ts'
import type { Header } from './part10/read-header.ts'
import type { OriginalPatient, OriginalStudy } from './vault/origin.ts'

/** What a file says of whose and which it is. Identifies: it goes into the vault and nowhere else. */
export interface Original {
  readonly patient: OriginalPatient
  readonly study: OriginalStudy
  readonly reference: OriginalReference
}

/** The identifiers of one image, as they were sent. */
export interface OriginalReference {
  readonly sopClassUID: string
  readonly sopInstanceUID: string
  readonly seriesInstanceUID: string
  readonly frameOfReferenceUID?: string
  /** From 1, in a multi-frame instance. */
  readonly frameNumber?: number
}

const tags = {
  characterSet: 'x00080005',
  sopClassUID: 'x00080016',
  sopInstanceUID: 'x00080018',
  studyDate: 'x00080020',
  studyTime: 'x00080030',
  accessionNumber: 'x00080050',
  referringPhysicianName: 'x00080090',
  studyDescription: 'x00081030',
  patientName: 'x00100010',
  patientId: 'x00100020',
  issuerOfPatientId: 'x00100021',
  patientBirthDate: 'x00100030',
  patientSex: 'x00100040',
  studyInstanceUID: 'x0020000d',
  seriesInstanceUID: 'x0020000e',
  studyId: 'x00200010',
  frameOfReferenceUID: 'x00200052',
} as const

/** Reads what is there; text that is longer than any true value is left out. */
export function readOriginal({ bytes, elements }: Header): Original {
  const raw = (tag: string): Uint8Array => {
    const element = elements[tag]
    if (!element || element.items || element.length > longestValue) return new Uint8Array()
    return bytes.subarray(element.dataOffset, element.dataOffset + element.length)
  }
  const characterSet = decodeText(raw(tags.characterSet), '')
  const text = (name: keyof typeof tags) => decodeText(raw(tags[name]), characterSet)
  const given = <Name extends keyof typeof tags>(...names: Name[]) =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = text(name)
        return value ? [[name, value]] : []
      }),
    ) as Partial<Record<Name, string>>
  return {
    patient: given(
      'patientName',
      'patientId',
      'issuerOfPatientId',
      'patientBirthDate',
      'patientSex',
    ),
    study: {
      studyInstanceUID: text('studyInstanceUID'),
      ...given('studyId', 'studyDate', 'studyTime', 'accessionNumber'),
      ...given('referringPhysicianName', 'studyDescription'),
    },
    reference: {
      sopClassUID: text('sopClassUID'),
      sopInstanceUID: text('sopInstanceUID'),
      seriesInstanceUID: text('seriesInstanceUID'),
      ...given('frameOfReferenceUID'),
    },
  }
}

const longestValue = 1024

/** Some objects that a workstation makes leave the patient empty. */
export function namesSomebody({ patient: { patientId, patientName } }: Original): boolean {
  return Boolean(patientId || patientName)
}

/**
 * Patient ID and who gave it, else the name with the day of birth: enough to tell two patients
 * apart. A file that names nobody belongs to whom its study belongs to.
 */
export function identityOf({ patient, study }: Original): string {
  const { patientId, issuerOfPatientId = '', patientName, patientBirthDate = '' } = patient
  if (patientId) return ['id', patientId, issuerOfPatientId].join('\0')
  if (patientName) return ['name', patientName, patientBirthDate].join('\0')
  return ['study', study.studyInstanceUID].join('\0')
}
