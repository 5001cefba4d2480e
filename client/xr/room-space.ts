import type { ImmersionHost } from '../scene/immersion.ts'
import type { Drafts } from './hand-tools/drafts.ts'
import type { XrHand } from './hands/xr-hand.ts'

/** What the wearer's hands act on: the stage, and the words and pulses that answer them. */
export interface RoomSpace {
  readonly host: ImmersionHost
  readonly drafts: Drafts
  /** On the page and, where the wearer reads it, in the room. */
  notice(text: string): void
  /** Why not, in words and by a pulse. */
  refuse(hand: XrHand, text: string): void
  /** By a keyboard in the room; undefined where the wearer thought better. */
  askForText(): Promise<string | undefined>
}
