import type { CaseDetails, CaseQuery, CaseSummary } from '../../shared/case/case.ts'
import type { FaceProtection } from '../../shared/case/face.ts'
import type { ImportStatus } from '../../shared/case/import.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import type { SealedOrigin } from '../dicom/index.ts'

/** A job as stored: what everybody may see of it, and the little that only the server needs. */
export interface ImportRecord extends ImportStatus {
  updatedAtMs: number
  /** The process that runs it; absent where a version that knew of one process only stored it. */
  processId?: string
  /** The title that the sender typed, kept until the cases are made. */
  title?: string
  /** The demo case's own import, so that it is made once. */
  demo: boolean
}

/** A case as stored. `volumes` in the order of the series; their manifests are immutable. */
export interface CaseRecord extends Omit<CaseDetails, 'face'> {
  importId: string
  demo: boolean
}

/**
 * The import has ended in the database while its process was still at it: the others took that process
 * for dead. What ended stays ended.
 */
export class ImportOverError extends Error {
  constructor(importId: string) {
    super(`import ${importId} has ended, or is not this process's`)
    this.name = 'ImportOverError'
  }
}

export interface ImportRepository {
  add(record: ImportRecord): Promise<void>
  /**
   * Replaces the record of the same importId and processId while that is in no end state; false
   * where there is none such, and nothing is changed.
   */
  update(record: ImportRecord): Promise<boolean>
  /** How far a job is that is in this state still; one further on, or ended, is left as it is. */
  updateProgress(job: Pick<ImportRecord, 'importId' | 'state' | 'progress'>): Promise<void>
  /**
   * One transaction: the cases with their volumes and origins are there and the job is stored as
   * given (`ready`, with their ids), or none is. Throws ImportOverError where `update` says false.
   */
  complete(
    record: ImportRecord,
    cases: readonly CaseRecord[],
    origins: readonly SealedOrigin[],
  ): Promise<void>
  find(importId: string): Promise<ImportRecord | undefined>
  /** Newest first. */
  recent(limit: number): Promise<ImportRecord[]>
  /** Those in a state that is not an end state, oldest first. */
  unfinished(): Promise<ImportRecord[]>
}

export interface CaseRepository {
  find(caseId: string): Promise<CaseRecord | undefined>
  /**
   * Newest first, `casesPerPage` a page. `q`: every word occurs, whatever its case, in the title
   * or the body part (`%` and `_` are ordinary characters); `modality`: one of the case's
   * modalities; `bodyPart`: equal, whatever its case.
   */
  search(query: CaseQuery): Promise<{ cases: CaseSummary[]; total: number }>
  /** The case that a volume belongs to. */
  caseOfVolume(volumeId: string): Promise<string | undefined>
  /** The demo case, where it has been made. */
  findDemo(): Promise<CaseRecord | undefined>
  count(): Promise<number>
}

/** What somebody decided about the face in a case; the last word counts. */
export type FaceDecision = Extract<FaceProtection, { state: 'masked' | 'waived' }>

/** Somebody else has put other volumes in their place. */
export class VolumesReplacedError extends Error {
  constructor(caseId: string) {
    super(`case ${caseId} has other volumes by now`)
    this.name = 'VolumesReplacedError'
  }
}

export interface FaceDecisions {
  find(caseId: string): Promise<FaceDecision | undefined>
  add(caseId: string, decision: FaceDecision): Promise<void>
  /**
   * One transaction: the volumes stand in place of those they were made from, and it is on record.
   * Throws VolumesReplacedError, and changes nothing, where one of those stands there no longer.
   */
  replace(
    caseId: string,
    volumes: readonly { readonly from: string; readonly to: VolumeManifest }[],
    decision: FaceDecision,
  ): Promise<void>
}

/** One import that is held back: what to know of it, sealed. */
export interface QuarantineRow {
  readonly importId: string
  readonly sealed: string
  readonly createdAtMs: number
}

export interface QuarantineRows {
  add(row: QuarantineRow): Promise<void>
  find(importId: string): Promise<QuarantineRow | undefined>
  /** False where there is none: somebody else was faster. */
  remove(importId: string): Promise<boolean>
  list(): Promise<readonly string[]>
}
