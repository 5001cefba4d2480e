import type { Actor } from '../identity/actor.ts'

export const accessActions = [
  'imported',
  /** Which studies or series the hospital's PACS has; for whom was asked is not on record. */
  'searched-pacs',
  'opened',
  /** That the cases of a conference are of one patient, where what links them is not enough. */
  'confirmed-patient',
  'joined',
  'left',
  'saw',
  'closed',
  /** Findings of a conference, signed. */
  'sent-to-pacs',
  'saw-held-back',
  'released',
  'discarded',
  'masked-face',
  'waived-face',
  'erased-patient',
  'signed-in',
  /** By the join link printed at the start, under the name that was typed there. */
  'signed-in-by-printed-link',
] as const
export type AccessAction = (typeof accessActions)[number]

/** Who did what to which of our ids, and when. The names are those of staff, never a patient's. */
export interface AccessEntry {
  readonly atMs: number
  readonly actor: AccessActor
  readonly action: AccessAction
  /** The case, volume, import or conference; '' where the action is about none. */
  readonly subjectId: string
}

export interface ListedEntry extends AccessEntry {
  /** Grows from entry to entry. */
  readonly entryId: number
}

export interface AccessFilter {
  /** Entries before this one. */
  readonly before?: number | undefined
  readonly subjectId?: string | undefined
}

export interface AccessActor {
  /** `dimse`: a workstation that sent images, named by its AE title. */
  readonly kind: Actor['kind'] | 'dimse'
  /** A participant's id, else the name again. */
  readonly id: string
  readonly name: string
}

/** Append-only: there is no way to change or remove an entry, in the database neither. */
export interface AccessLog {
  /** Durable once it resolves. */
  record(entry: AccessEntry): Promise<void>
  /** Newest first. */
  recent(limit: number, filter?: AccessFilter): Promise<ListedEntry[]>
}

export function accessActor(actor: Actor): AccessActor {
  return actor.kind === 'participant'
    ? { kind: actor.kind, id: actor.participantId, name: actor.displayName }
    : { kind: actor.kind, id: actor.name, name: actor.name }
}
