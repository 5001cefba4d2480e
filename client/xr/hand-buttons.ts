import type { ConferenceSession } from '../conference/conference-session.ts'
import type { MediaSession } from '../media/media-session.ts'
import type { Side, XrHand } from './xr-hand.ts'

/** A shorter press of A or X opens or closes the microphone; a longer one of B or Y is the menu's. */
const shortTalkMs = 300
const shortUndoMs = 500

/** A or X: the microphone, as key K has it. B or Y: the wearer's last mark is taken back. */
export class HandButtons {
  readonly #media: MediaSession
  readonly #session: ConferenceSession
  /** Since when each is down. */
  readonly #lower = new Map<Side, number>()
  readonly #upper = new Map<Side, number>()

  constructor(parts: { media: MediaSession; session: ConferenceSession }) {
    this.#media = parts.media
    this.#session = parts.session
  }

  frame(hands: readonly XrHand[], nowMs: number): void {
    for (const side of ['left', 'right'] as const) {
      const hand = hands.find((hand) => hand.side === side)
      this.#talkBy(side, hand?.lower ?? false, nowMs)
      this.#undoBy(side, hand?.upper ?? false, nowMs)
    }
  }

  /** Whoever was talking by a held button does not any more. */
  dispose(): void {
    if (this.#lower.size > 0) this.#media.talk(false)
    this.#lower.clear()
  }

  #talkBy(side: Side, down: boolean, nowMs: number): void {
    const sinceMs = this.#lower.get(side)
    if (down && sinceMs === undefined) {
      this.#lower.set(side, nowMs)
      this.#media.talk(true)
    }
    if (down || sinceMs === undefined) return
    this.#lower.delete(side)
    this.#media.talk(false)
    if (nowMs - sinceMs < shortTalkMs) this.#media.toggleMicrophone()
  }

  #undoBy(side: Side, down: boolean, nowMs: number): void {
    const sinceMs = this.#upper.get(side)
    if (down && sinceMs === undefined) this.#upper.set(side, nowMs)
    if (down || sinceMs === undefined) return
    this.#upper.delete(side)
    if (nowMs - sinceMs < shortUndoMs) this.#session.undo()
  }
}
