import { Matrix, Quaternion } from '@babylonjs/core/Maths/math.vector.js'
import type { WearerPlace } from '../place/wearer-place.ts'

/** The 25 joints of WebXR Hand Input §4, in its order. */
export const jointNames = [
  'wrist',
  'thumb-metacarpal',
  'thumb-phalanx-proximal',
  'thumb-phalanx-distal',
  'thumb-tip',
  'index-finger-metacarpal',
  'index-finger-phalanx-proximal',
  'index-finger-phalanx-intermediate',
  'index-finger-phalanx-distal',
  'index-finger-tip',
  'middle-finger-metacarpal',
  'middle-finger-phalanx-proximal',
  'middle-finger-phalanx-intermediate',
  'middle-finger-phalanx-distal',
  'middle-finger-tip',
  'ring-finger-metacarpal',
  'ring-finger-phalanx-proximal',
  'ring-finger-phalanx-intermediate',
  'ring-finger-phalanx-distal',
  'ring-finger-tip',
  'pinky-finger-metacarpal',
  'pinky-finger-phalanx-proximal',
  'pinky-finger-phalanx-intermediate',
  'pinky-finger-phalanx-distal',
  'pinky-finger-tip',
] as const satisfies readonly XRHandJoint[]

/** x, y, z, qx, qy, qz, qw, radius. */
export const jointStride = 8

/** Reads the joints of one bare hand, frame after frame, into one array. */
export class HandJoints {
  readonly values = new Float32Array(jointNames.length * jointStride)
  readonly #transforms = new Float32Array(jointNames.length * 16)
  readonly #radii = new Float32Array(jointNames.length)
  readonly #matrix = new Matrix()
  readonly #turn = new Quaternion()
  #spaces: XRJointSpace[] = []
  #hand: XRHand | undefined

  /** False where the hand is not seen; `values`, world, then keep what they were. */
  read(xrFrame: XRFrame, hand: XRHand, from: { space: XRSpace; place: WearerPlace }): boolean {
    const seen = this.#readLocal(xrFrame, hand, from.space)
    if (seen) this.#toWorld(from.place)
    return seen
  }

  #readLocal(xrFrame: XRFrame, hand: XRHand, space: XRSpace): boolean {
    if (hand !== this.#hand) {
      this.#spaces = jointNames.flatMap((name) => hand.get(name) ?? [])
      this.#hand = hand
    }
    if (this.#spaces.length !== jointNames.length) return false
    if (!xrFrame.fillPoses || !xrFrame.fillJointRadii) return this.#readEach(xrFrame, space)
    if (!xrFrame.fillPoses(this.#spaces, space, this.#transforms)) return false
    xrFrame.fillJointRadii(this.#spaces, this.#radii)
    for (let n = 0; n < jointNames.length; n++) {
      Matrix.FromArrayToRef(this.#transforms, 16 * n, this.#matrix)
      Quaternion.FromRotationMatrixToRef(this.#matrix, this.#turn)
      const { x, y, z, w } = this.#turn
      const at = n * jointStride
      this.values[at] = this.#transforms[16 * n + 12] as number
      this.values[at + 1] = this.#transforms[16 * n + 13] as number
      this.values[at + 2] = this.#transforms[16 * n + 14] as number
      this.values.set([x, y, z, w, this.#radii[n] as number], at + 3)
    }
    return true
  }

  /** As `worldFromLocal`, in place. */
  #toWorld({ x, z, yaw, raisedM }: WearerPlace): void {
    const v = this.values
    const [sine, cosine] = [Math.sin(yaw), Math.cos(yaw)]
    const [s, c] = [Math.sin(yaw / 2), Math.cos(yaw / 2)]
    for (let at = 0; at < v.length; at += jointStride) {
      const [lx = 0, ly = 0, lz = 0, qx = 0, qy = 0, qz = 0, qw = 0] = v.subarray(at, at + 7)
      v[at] = x + lx * cosine + lz * sine
      v[at + 1] = ly + raisedM
      v[at + 2] = z + lz * cosine - lx * sine
      v[at + 3] = c * qx + s * qz
      v[at + 4] = c * qy + s * qw
      v[at + 5] = c * qz - s * qx
      v[at + 6] = c * qw - s * qy
    }
  }

  #readEach(xrFrame: XRFrame, space: XRSpace): boolean {
    for (const [n, joint] of this.#spaces.entries()) {
      const pose = xrFrame.getJointPose?.(joint, space)
      if (!pose) return false
      const { position: p, orientation: q } = pose.transform
      this.values.set([p.x, p.y, p.z, q.x, q.y, q.z, q.w, pose.radius ?? 0], n * jointStride)
    }
    return true
  }
}
