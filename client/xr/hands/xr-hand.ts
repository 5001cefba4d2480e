import type { Vec3 } from '../../../shared/geometry/transform.ts'
import type { HandSample, WorldPose } from '../../../shared/protocol/pose-sample.ts'

/** Unit direction; world, metres. */
export interface WorldRay {
  readonly origin: Vec3
  readonly direction: Vec3
}

export type Side = 'left' | 'right'

/**
 * One of the wearer's hands in one XR frame, whatever holds it: read once a frame from the
 * XRInputSource, world space. A source of gaze and pinch (`transient-pointer`) has no grip.
 */
export interface XrHand {
  readonly side: Side
  readonly kind: 'controller' | 'hand' | 'gaze'
  /** XRInputSource.profiles, most specific first. */
  readonly profiles: readonly string[]
  /** gripSpace; undefined while it is not tracked. */
  readonly grip: WorldPose | undefined
  /** targetRaySpace, along −z. */
  readonly ray: WorldRay | undefined
  /** Controller: the trigger. Hand: the pinch of thumb and index. Gaze: the pinch. */
  readonly trigger: boolean
  /** Controller: the squeeze. Hand: all fingers closed. */
  readonly squeeze: boolean
  /** Thumbstick −1…1: x to the right, y towards the wearer. Zero where there is none. */
  readonly stick: readonly [x: number, y: number]
  /** A or X, and B or Y. */
  readonly lower: boolean
  readonly upper: boolean
  /** The 25 joints of WebXR Hand Input in its order: x, y, z, qx, qy, qz, qw, radius (m) each. */
  readonly joints: Float32Array | undefined
  readonly curls: HandSample['curls'] | undefined
  /** A short haptic pulse, where the device has one. */
  readonly pulse: (strength: number, ms: number) => void
}
