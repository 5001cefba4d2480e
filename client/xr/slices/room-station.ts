import { SliceStation } from '../../slices/slice-station.ts'
import type { RoomSpace } from '../room-space.ts'

/** The wearer's slices: the conference's own, or theirs alone where they do not lead. */
export function roomStation({ host, drafts, notice, askForText }: RoomSpace): SliceStation {
  return new SliceStation({
    session: host.session,
    volumes: host.volumes,
    voxelsOf: (volumeId) => host.voxelsOf(volumeId),
    say: notice,
    askForText,
    draftWindow: (window, settled) => {
      if (window) drafts.show({ window })
      else drafts.drop('window')
      void settled?.then(() => drafts.drop('window'))
    },
    showLaser: (laser) => host.showLaser(laser),
  })
}
