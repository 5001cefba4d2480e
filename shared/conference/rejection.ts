/** A refusal: why, in a word for programs and in words a person can act on. */
export interface Rejection {
  readonly reason: RejectionReason
  readonly message: string
}

export type RejectionReason =
  | 'malformed-command'
  | 'unknown-command'
  | 'not-allowed'
  | 'not-presenter'
  | 'not-yours'
  | 'no-such-volume'
  | 'no-such-preset'
  | 'no-such-segment'
  | 'no-such-plane'
  | 'no-such-annotation'
  | 'no-such-participant'
  | 'id-taken'
  | 'too-many'
  | 'too-many-commands'
  | 'conference-closed'
  | 'not-saved'

/** What a command is answered with. `seq` is given once the event is durable. */
export type CommandAnswer = { ok: true; seq: number } | ({ ok: false } & Rejection)

export const reject = (reason: RejectionReason, message: string): { rejected: Rejection } => ({
  rejected: { reason, message },
})
