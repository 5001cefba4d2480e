import type { PoseSample } from '../../shared/protocol/pose-sample.ts'

export type Laser = NonNullable<PoseSample['laser']>

export interface CrowdSize {
  readonly senders: number
  readonly listeners: number
}

/** Where listeners tell, for each message they hear, every laser it carries. */
export interface Hearing {
  tell: (lasers: readonly Laser[]) => void
}

/** Senders and listeners on the server of one relay, which is a process of its own. */
export interface Crowd {
  readonly pid: number
  send(sender: number, laser: Laser): void
  /** Whoever measures puts their own `tell` here. */
  readonly hearing: Hearing
  /** Bytes that the listeners' sockets have read so far, headers and all, together. */
  receivedBytes(): number
  /** Ends the server. */
  close(): Promise<void>
}

/** The lasers among samples. */
export const lasersOf = (samples: Iterable<PoseSample>): Laser[] =>
  [...samples].flatMap(({ laser }) => laser ?? [])

/** Of a crowd that nobody measures yet. */
export const unheard = (): Hearing => ({ tell: () => undefined })
