import type { ConferenceEvent } from '../../shared/conference/event.ts'
import type { Role } from '../../shared/conference/role.ts'

/** One line of a conference's log. `seq` counts from 1 without gaps. */
export interface LoggedEvent {
  readonly conferenceId: string
  readonly seq: number
  /** The participant who asked, or '' where the house did (a presenter's seat falls empty). */
  readonly participantId: string
  /** The command's id, unique with its participant; '' where there was no command. */
  readonly commandId: string
  readonly event: ConferenceEvent
  readonly atMs: number
}

/** The order of things that happened; nothing is told to anybody before it is here. */
export interface EventLog {
  /**
   * Durable once it resolves: all of the batch, or none. Rejects with EventLogConflictError where a
   * `seq` is already taken (another host writes this conference) or a command is already in the log.
   */
  append(batch: readonly LoggedEvent[]): Promise<void>
  /** In order of `seq`. */
  read(conferenceId: string): Promise<LoggedEvent[]>
}

export class EventLogConflictError extends Error {
  override readonly name = 'EventLogConflictError'
}

export interface ConferenceRecord {
  readonly conferenceId: string
  readonly caseId: string
  /** Six characters, unique among open conferences. */
  readonly code: string
  readonly openedBy: string
  readonly openedAtMs: number
  readonly closedAtMs?: number
}

export interface ConferenceRepository {
  add(conference: ConferenceRecord): Promise<void>
  find(conferenceId: string): Promise<ConferenceRecord | undefined>
  /** An open conference by its code. */
  findOpenByCode(code: string): Promise<ConferenceRecord | undefined>
  /** Newest first. */
  list(filter: { open: boolean; limit: number }): Promise<ConferenceRecord[]>
  markClosed(conferenceId: string, atMs: number): Promise<void>
}

export interface Invitation {
  /** SHA-256, hex, of the 32 bytes in the link; the bytes themselves are nowhere. */
  readonly invitationHash: string
  readonly conferenceId: string
  readonly role: Role
  readonly expiresAtMs: number
  /** The link printed for whoever runs the installation also signs in, once. */
  readonly signsIn?: 'clinician'
}

export interface InvitationRepository {
  add(invitation: Invitation): Promise<void>
  find(invitationHash: string): Promise<Invitation | undefined>
  /** Uses `signsIn` up: of any number of callers, however close together, one hears true. */
  redeemSignIn(invitationHash: string): Promise<boolean>
}
