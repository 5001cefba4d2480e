import { multiply, turnAbout } from '../../../shared/geometry/quaternion.ts'
import type { WorldPose } from '../../../shared/protocol/pose-sample.ts'
import { ahead } from '../panel/panel-facing.ts'

const opensAt = { distanceM: 0.6, belowDegrees: 14, level: true } as const
const opensAside = turnAbout([0, 1, 0], -0.6)

/** Where the slice appears: beside the volume, at the hand that reads, to be looked down at a little. */
export const besideThe = ({ position, rotation }: WorldPose): WorldPose =>
  ahead({ position, rotation: multiply(opensAside, rotation) }, opensAt)
