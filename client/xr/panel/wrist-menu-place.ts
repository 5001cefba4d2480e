import { rotate } from '../../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { add, dot, normalize, scale, subtract } from '../../../shared/geometry/vector.ts'
import type { WorldPose } from '../../../shared/protocol/pose-sample.ts'
import type { XrHand } from '../hands/xr-hand.ts'
import { facing } from './panel-facing.ts'

/** A wrist that was turned to the eyes stays so for a little more than it took to show it. */
const showCosine = Math.cos((55 * Math.PI) / 180)
const hideCosine = Math.cos((68 * Math.PI) / 180)

const aboveControllerM = 0.15
const beforeWristM = 0.05
const beyondWristM = 0.09

/**
 * Where the menu is on this hand, if it looks at the head: a controller's top (grip +y: it points
 * back along the arm, and up while the controller is held before oneself), or a bare hand's palm
 * (−y of the wrist's joint, WebXR Hand Input §4). `shown` is whether it was there just now.
 */
export function wristPlace(
  hand: XrHand | undefined,
  head: WorldPose,
  shown: boolean,
): WorldPose | undefined {
  if (!hand || hand.squeeze) return undefined
  const wrist = hand.kind === 'hand' ? wristOf(hand.joints) : hand.grip
  if (!wrist || hand.kind === 'gaze') return undefined
  const bare = hand.kind === 'hand'
  const normal = rotate(wrist.rotation, bare ? [0, -1, 0] : [0, 1, 0])
  const towards = normalize(subtract(head.position, wrist.position))
  if (dot(normal, towards) < (shown ? hideCosine : showCosine)) return undefined
  const position = bare
    ? add(
        add(wrist.position, scale(normal, beforeWristM)),
        scale(rotate(wrist.rotation, [0, 0, 1]), beyondWristM),
      )
    : add(wrist.position, [0, aboveControllerM, 0])
  return { position, rotation: facing(position, head.position) }
}

function wristOf(joints: Float32Array | undefined): WorldPose | undefined {
  if (!joints || joints.length < 7) return undefined
  const [x, y, z, qx, qy, qz, qw] = joints as unknown as number[]
  const position = [x, y, z] as unknown as Vec3
  const rotation = [qx, qy, qz, qw] as unknown as WorldPose['rotation']
  return position.every(Number.isFinite) && rotation.every(Number.isFinite)
    ? { position, rotation }
    : undefined
}
