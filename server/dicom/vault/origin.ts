/**
 * Where a case came from: all that is needed to send findings back to the original study, and all
 * that identifies it. It exists in the vault, sealed, and for a moment at the door to the PACS.
 */
export interface Origin {
  readonly patient: OriginalPatient
  readonly study: OriginalStudy
  readonly volumes: readonly OriginalVolume[]
}

/** Values as they were written, decoded to text (PS3.3 C.7.1.1). */
export interface OriginalPatient {
  readonly patientName?: string
  readonly patientId?: string
  readonly issuerOfPatientId?: string
  readonly patientBirthDate?: string
  readonly patientSex?: string
}

/** PS3.3 C.7.2.1. Dates as YYYYMMDD and times as HHMMSS, not shifted. */
export interface OriginalStudy {
  readonly studyInstanceUID: string
  readonly studyId?: string
  readonly studyDate?: string
  readonly studyTime?: string
  readonly accessionNumber?: string
  readonly referringPhysicianName?: string
  readonly studyDescription?: string
}

export interface OriginalVolume {
  /** Ours, of the case's volumes. */
  readonly volumeId: string
  readonly modality: string
  readonly seriesInstanceUID: string
  /** Absent where the series had none. */
  readonly frameOfReferenceUID?: string
  /** One for each slice k of the volume; undefined for a slice that no instance holds. */
  readonly slices: readonly (OriginalInstance | undefined)[]
}

export interface OriginalInstance {
  readonly sopClassUID: string
  readonly sopInstanceUID: string
  /** From 1, in a multi-frame instance. */
  readonly frameNumber?: number
}
