import type { ConferenceSession } from '../../conference/conference-session.ts'
import type { MediaSession } from '../../media/media-session.ts'
import type { Side, XrHand } from '../hands/xr-hand.ts'

/** A shorter press of A or X opens or closes the microphone; a longer one of B or Y is the menu's. */
const shortTalkMs = 300
const shortUndoMs = 500

/** When it was first and last seen down: a slow frame makes no long press of a short one. */
interface Press {
  readonly sinceMs: number
  readonly untilMs: number
}

/** A or X: the microphone, as key K has it. B or Y: the wearer's last mark is taken back. */
export class HandButtons {
  readonly #media: MediaSession
  readonly #session: ConferenceSession
  readonly #lower = new Map<Side, Press>()
  readonly #upper = new Map<Side, Press>()

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
    const press = this.#lower.get(side)
    if (down) {
      if (!press) this.#media.talk(true)
      this.#lower.set(side, { sinceMs: press?.sinceMs ?? nowMs, untilMs: nowMs })
    } else if (press) {
      this.#lower.delete(side)
      this.#media.talk(false)
      if (press.untilMs - press.sinceMs < shortTalkMs) this.#media.toggleMicrophone()
    }
  }

  #undoBy(side: Side, down: boolean, nowMs: number): void {
    const press = this.#upper.get(side)
    if (down) this.#upper.set(side, { sinceMs: press?.sinceMs ?? nowMs, untilMs: nowMs })
    else if (press) {
      this.#upper.delete(side)
      if (press.untilMs - press.sinceMs < shortUndoMs) this.#session.undo()
    }
  }
}
