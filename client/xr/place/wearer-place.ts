import { multiply, turnAbout } from '../../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { openingPose } from '../../../shared/geometry/volume-pose.ts'
import { yawOf } from '../../../shared/geometry/yaw.ts'
import type { WorldPose } from '../../../shared/protocol/pose-sample.ts'

/** The room's floor ends here, metres from its middle. */
export const edgeM = 20

/**
 * Where the wearer's own floor lies in the room: `world = R(yaw about y) · local + [x, raisedM, z]`,
 * metres. Whatever a headset reports in its local-floor space becomes world by it.
 */
export interface WearerPlace {
  readonly x: number
  readonly z: number
  /** Radians, counter-clockwise from above; 0 looks along −z. */
  readonly yaw: number
  /** For whoever sits: how far their floor is above the room's. */
  readonly raisedM: number
}

export const worldIsLocal: WearerPlace = { x: 0, z: 0, yaw: 0, raisedM: 0 }

/** Eyes of somebody who stands. */
export const standingEyesM = 1.6
/** Who comes to somebody nearer than this goes to another place … */
const takenWithinM = 0.7
/** … of the circle, where people may stand a little closer. */
const besideM = 0.5
const stepRadians = (40 * Math.PI) / 180
const steps = [1, -1, 2, -2, 3, -3, 4, -4]

/**
 * Before the volume, or, where another head is already, the nearest free place on the circle around
 * the volume's opening place, facing it. Where all are taken, before the volume.
 */
export function enteringPlace(heads: Iterable<Vec3>): WearerPlace {
  const others = [...heads]
  if (isFree(worldIsLocal, others, takenWithinM)) return worldIsLocal
  const around = steps.map((step) => onCircle(step * stepRadians))
  return around.find((place) => isFree(place, others, besideM)) ?? worldIsLocal
}

function onCircle(angle: number): WearerPlace {
  const [cx, , cz] = openingPose.position
  const radius = Math.hypot(cx, cz)
  return {
    x: cx + radius * Math.sin(angle),
    z: cz + radius * Math.cos(angle),
    yaw: angle,
    raisedM: 0,
  }
}

const isFree = ({ x, z }: WearerPlace, heads: readonly Vec3[], withinM: number): boolean =>
  heads.every((head) => Math.hypot(head[0] - x, head[2] - z) >= withinM)

/** Turned on the spot: the head stays where it is. `head` is world. */
export function turnedBy(place: WearerPlace, head: Vec3, radians: number): WearerPlace {
  const [dx, dz] = turned(place.x - head[0], place.z - head[2], radians)
  return { ...place, x: head[0] + dx, z: head[2] + dz, yaw: place.yaw + radians }
}

/** The head comes over this point of the floor; height and direction stay. World. */
export function goneTo(place: WearerPlace, head: Vec3, [x, , z]: Vec3): WearerPlace {
  return { ...place, x: place.x + x - head[0], z: place.z + z - head[2] }
}

/** The head comes back over the place where it entered, and looks at the volume from there. */
export function recentred(
  place: WearerPlace,
  entered: WearerPlace,
  head: WorldPose,
  volume: Vec3,
): WearerPlace {
  const [dx, dz] = [volume[0] - entered.x, volume[2] - entered.z]
  const facing = Math.hypot(dx, dz) > 0.2 ? Math.atan2(-dx, -dz) : entered.yaw
  const facingNow = yawOf(head.rotation)
  const over = goneTo(place, head.position, [entered.x, 0, entered.z])
  return turnedBy(over, [entered.x, 0, entered.z], facing - facingNow)
}

/** Sitting, eyes at standing height; standing, as they are. `eyesM` is above the room's floor now. */
export function seatToggled(place: WearerPlace, eyesM: number): WearerPlace {
  if (place.raisedM > 0) return { ...place, raisedM: 0 }
  return { ...place, raisedM: Math.max(0, standingEyesM - eyesM) }
}

export function worldFromLocal(place: WearerPlace, { position, rotation }: WorldPose): WorldPose {
  const [x, z] = turned(position[0], position[2], place.yaw)
  return {
    position: [x + place.x, position[1] + place.raisedM, z + place.z],
    rotation: multiply(turnAbout([0, 1, 0], place.yaw), rotation),
  }
}

/** Over the floor, counter-clockwise from above. */
function turned(x: number, z: number, radians: number): [x: number, z: number] {
  const [sine, cosine] = [Math.sin(radians), Math.cos(radians)]
  return [x * cosine + z * sine, z * cosine - x * sine]
}
