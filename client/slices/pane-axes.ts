import { multiply, type Quaternion, rotate, turnAbout } from '../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { cross, scale } from '../../shared/geometry/vector.ts'

export const paneKinds = ['axial', 'coronal', 'sagittal', 'oblique'] as const
export type PaneKind = (typeof paneKinds)[number]

/** Unit directions of the patient (LPS). */
export interface PaneAxes {
  readonly right: Vec3
  readonly down: Vec3
  /** `right × down`: into the screen. */
  readonly normal: Vec3
  /** Where a wheel goes that turns towards its hand: to the feet, the back, the patient's right. */
  readonly onward: Vec3
}

const left: Vec3 = [1, 0, 0]
const posterior: Vec3 = [0, 1, 0]
const feet: Vec3 = [0, 0, -1]

/** Axial from the feet, coronal from the front, sagittal with anterior on the viewer's left. */
export function paneAxes(kind: PaneKind, obliqueRotation: Quaternion): PaneAxes {
  switch (kind) {
    case 'axial':
      return { right: left, down: posterior, normal: [0, 0, 1], onward: feet }
    case 'coronal':
      return { right: left, down: feet, normal: posterior, onward: posterior }
    case 'sagittal':
      return { right: posterior, down: feet, normal: [-1, 0, 0], onward: [-1, 0, 0] }
    case 'oblique': {
      const right = rotate(obliqueRotation, left)
      const down = rotate(obliqueRotation, posterior)
      const normal = cross(right, down)
      return { right, down, normal, onward: scale(normal, -1) }
    }
  }
}

/** The two turns that a person types, degrees: about the patient's left, then about posterior. */
export interface ObliqueAngles {
  readonly tilt: number
  readonly swing: number
}

const degrees = 180 / Math.PI

/** Of the oblique plane's normal; how it is spun within itself has no say. */
export function obliqueAngles(rotation: Quaternion): ObliqueAngles {
  const [x, y, z] = rotate(rotation, [0, 0, 1])
  return {
    tilt: Math.asin(Math.min(1, Math.max(-1, -y))) * degrees,
    swing: Math.atan2(x, z) * degrees,
  }
}

export function obliqueRotation({ tilt, swing }: ObliqueAngles): Quaternion {
  const tilted = turnAbout(left, tilt / degrees)
  return multiply(turnAbout(posterior, swing / degrees), tilted)
}
