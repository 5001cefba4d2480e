import { rotate } from '../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { Ears } from '../scene/stage.ts'

const ahead: Vec3 = [0, 0, -1]
const upwards: Vec3 = [0, 1, 0]

/** Puts Web Audio's listener where the wearer's head is: right-handed, y up, metres, as our world. */
export function placeListener({ listener }: AudioContext, { position, rotation }: Ears['head']) {
  const forward = rotate(rotation, ahead)
  const up = rotate(rotation, upwards)
  if (!('positionX' in listener)) return placeByMethods(listener, position, forward, up)
  listener.positionX.value = position[0]
  listener.positionY.value = position[1]
  listener.positionZ.value = position[2]
  listener.forwardX.value = forward[0]
  listener.forwardY.value = forward[1]
  listener.forwardZ.value = forward[2]
  listener.upX.value = up[0]
  listener.upY.value = up[1]
  listener.upZ.value = up[2]
}

/** Firefox has the listener's older form only. */
function placeByMethods(listener: AudioListener, position: Vec3, forward: Vec3, up: Vec3): void {
  listener.setPosition(...position)
  listener.setOrientation(...forward, ...up)
}
