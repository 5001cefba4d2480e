import type { MediaSession } from '../../media/media-session.ts'
import type { ImmersionHost } from '../../scene/immersion.ts'
import type { Wearer } from '../place/wearer.ts'
import type { RoomSlices } from '../slices/room-slices.ts'

/** What the menu's items act on. */
export interface MenuParts {
  readonly host: ImmersionHost
  readonly media: MediaSession
  readonly wearer: Wearer
  readonly slices: RoomSlices
  readonly leave: () => void
}
