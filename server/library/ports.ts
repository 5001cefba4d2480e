import type { CaseDetails, CaseQuery, CaseSummary } from '../../shared/case/case.ts'
import type { ImportStatus } from '../../shared/case/import.ts'

/** A job as stored: what everybody may see of it, and the little that only the server needs. */
export interface ImportRecord extends ImportStatus {
  updatedAtMs: number
  /** The title that the sender typed, kept until the cases are made. */
  title?: string
  /** The demo case's own import, so that it is made once. */
  demo: boolean
}

/** A case as stored. `volumes` in the order of the series; their manifests are immutable. */
export interface CaseRecord extends CaseDetails {
  importId: string
  demo: boolean
}

export interface ImportRepository {
  add(record: ImportRecord): Promise<void>
  /** Replaces the record of the same importId; throws where there is none. */
  update(record: ImportRecord): Promise<void>
  /**
   * One transaction: the cases with their volumes are there and the job is stored as given
   * (`ready`, with their ids), or neither.
   */
  complete(record: ImportRecord, cases: readonly CaseRecord[]): Promise<void>
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
