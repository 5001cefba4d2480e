import type { CommandEntry } from './command-ledger.ts'

/** A way back after a cut, from the loss to the first whole state that the new line brought. */
export interface BotReturn {
  readonly lostAtMs: number
  readonly backAtMs: number
}

/** The state that a bot held at some moment. */
export interface HeldState {
  readonly seq: number
  readonly hash: string
}

/** What one bot can say for itself when a scenario is over. */
export interface BotAccount {
  readonly name: string
  readonly participantId: string
  readonly conferenceId: string
  /** From the call to join to the whole state. */
  readonly joinMs: number
  readonly commands: readonly CommandEntry[]
  readonly returns: readonly BotReturn[]
  /** After every round. */
  readonly held: readonly HeldState[]
  readonly away: boolean
  /** Why it gave up coming back. */
  readonly gone: string | undefined
  readonly seq: number
  readonly hash: string | undefined
}
