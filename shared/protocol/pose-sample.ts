import type { Quaternion } from '../geometry/quaternion.ts'
import type { Vec3 } from '../geometry/transform.ts'
import type { VolumePose } from '../geometry/volume-pose.ts'

/** What a person shows while it is true and nobody keeps: latest value wins. */
export interface PoseSample {
  readonly laser?: { readonly origin: Vec3; readonly end: Vec3; readonly touches: boolean }
  readonly drag?: VolumePose
  readonly plane?: { readonly planeId: string; readonly normal: Vec3; readonly offsetMm: number }
  readonly window?: { readonly windowCenter: number; readonly windowWidth: number }
  /** Where the wearer of a headset looks from, and along −z of `rotation`. */
  readonly head?: WorldPose
  readonly left?: HandSample
  readonly right?: HandSample
}

/** World space: metres, y up. */
export interface WorldPose {
  readonly position: Vec3
  readonly rotation: Quaternion
}

/** A held controller or a bare hand, at its grip space (WebXR §10.2: −z is where it points). */
export interface HandSample extends WorldPose {
  /** Of a bare hand, thumb first: 0 is stretched out, 1 is closed. Absent for a controller. */
  readonly curls?: readonly [number, number, number, number, number]
}
