import type { Origin } from '../vault/origin.ts'
import type { DataSet } from './data-set.ts'

/**
 * Patient and General Study (PS3.3 C.7.1.1 and C.7.2.1) as the original has them, so that the PACS
 * files what is sent with it. What the original did not say is empty or absent.
 */
export function originalModules({ patient, study }: Origin): DataSet {
  return {
    PatientName: patient.patientName ?? '',
    PatientID: patient.patientId ?? '',
    IssuerOfPatientID: patient.issuerOfPatientId || undefined,
    PatientBirthDate: patient.patientBirthDate ?? '',
    PatientSex: patient.patientSex ?? '',
    StudyInstanceUID: study.studyInstanceUID,
    StudyID: study.studyId ?? '',
    StudyDate: study.studyDate ?? '',
    StudyTime: study.studyTime ?? '',
    AccessionNumber: study.accessionNumber ?? '',
    ReferringPhysicianName: study.referringPhysicianName ?? '',
    StudyDescription: study.studyDescription || undefined,
  }
}
