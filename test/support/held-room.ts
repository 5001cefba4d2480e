import type { ImmersionHost } from '../../client/scene/immersion.ts'
import type { ToolId } from '../../client/scene/tool-id.ts'
import { Drafts } from '../../client/xr/hand-tools/drafts.ts'
import type { Side, XrHand } from '../../client/xr/hands/xr-hand.ts'
import type { RoomSpace } from '../../client/xr/room-space.ts'
import type { Verdict } from '../../shared/conference/permissions.ts'
import { type Quaternion, rotate } from '../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { heldSpace } from './held-space.ts'

/** What hands in the room act on, for a person who leads until the test says otherwise. */
export function heldRoom() {
  const held = heldSpace()
  const said: string[] = []
  const now: { verdict: Verdict; tool: ToolId; typed: string | undefined } = {
    verdict: 'yes',
    tool: 'laser',
    typed: undefined,
  }
  const host = {
    ...held.space,
    session: { ...held.space.session, may: () => now.verdict },
    tool: () => now.tool,
  } as Partial<ImmersionHost> as ImmersionHost
  const space: RoomSpace = {
    host,
    drafts: new Drafts(host),
    notice: (text) => said.push(text),
    refuse: (_hand, text) => said.push(text),
    askForText: async () => now.typed,
  }
  return { ...held, space, said, now }
}

/** A hand at a place, turned so, that points along its own −z; a controller at rest by default. */
export function handAt(
  side: Side,
  position: Vec3,
  more: Partial<XrHand> & { turn?: Quaternion } = {},
): XrHand {
  const { turn = [0, 0, 0, 1], ...rest } = more
  return {
    side,
    kind: 'controller',
    profiles: [],
    grip: { position, rotation: turn },
    ray: { origin: position, direction: rotate(turn, [0, 0, -1]) },
    trigger: false,
    squeeze: false,
    stick: [0, 0],
    lower: false,
    upper: false,
    joints: undefined,
    curls: undefined,
    pulse: () => undefined,
    ...rest,
  }
}
