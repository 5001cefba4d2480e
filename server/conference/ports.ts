import type { ConferenceEvent } from '../../shared/conference/event.ts'
import type { Role } from '../../shared/conference/role.ts'
import type { ParticipantState } from '../../shared/conference/state.ts'
import type { MediaAnswer, MediaNote } from '../../shared/protocol/media.ts'

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
  /** The case of the same patient that it is compared with. */
  readonly priorCaseId?: string
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
  /** Whether an open conference shows this case, be it as the prior. */
  isOpenOn(caseId: string): Promise<boolean>
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

/** What the media know of a participant; the rest of them is the conference's. */
export type MediaFields = Pick<
  ParticipantState,
  'microphone' | 'speaking' | 'voiceProducerId' | 'viewProducerId' | 'needsView'
>

/** A conference as its media see it. */
export interface MediaHost {
  /** Undefined of somebody who has no seat. */
  standingOf(participantId: string): { role: Role; presents: boolean; muted: boolean } | undefined
  onChange(participantId: string, changed: Partial<MediaFields>): void
  /** To one participant, or to everybody. */
  tell(note: MediaNote, participantId?: string): void
  /** Something went wrong that no page can be blamed for. */
  failed(error: unknown): void
}

/** The media of one conference. */
export interface ConferenceMedia {
  /** Parses, does and answers; each participant's in the order they came. Never rejects. */
  request(participantId: string, asked: unknown): Promise<MediaAnswer>
  /** Who leads or who is muted has changed: what somebody may not send any more ends. */
  review(): void
  /** The page is gone for good, or another one of the same participant takes its place. */
  leave(participantId: string): void
  close(): void
}

export interface MediaRooms {
  /** The conference closes it. */
  open(conference: MediaHost): ConferenceMedia
}

/** A room as the processes of an installation see it; what Colyseus needs to reserve a seat in it. */
export interface HostingRoom {
  readonly name: string
  readonly roomId: string
  /** Colyseus's own name for the process that has it. */
  readonly processId: string
}

/** Which process hosts which conference. */
export interface Hosting {
  /**
   * Where another process hosts it and lives, the room it has there. Else undefined: from now on it
   * is this process's to open, and no other's, until it lets go.
   */
  claim(conferenceId: string): Promise<HostingRoom | undefined>
  /** Whether the process that has this room lives; where not, the room is anybody's to claim. */
  stands(room: HostingRoom): Promise<boolean>
  /** Everything asked of it here is in the log: another may go on. */
  release(conferenceId: string): Promise<void>
  /** Of conferences held here, those that another process has claimed meanwhile. */
  lost(conferenceIds: readonly string[]): Promise<string[]>
}
