import { multiply, type Quaternion, rotate, turnAbout } from '../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { add, scale } from '../../shared/geometry/vector.ts'

export type HandSide = 'left' | 'right'

/** A piece of a bare hand in its grip space, metres. A bone lies along its own y. */
export interface HandPiece {
  readonly shape: 'palm' | 'bone'
  readonly at: Vec3
  readonly rotation: Quaternion
  readonly size: Vec3
}

interface Finger {
  /** Where it leaves the palm. */
  readonly root: Vec3
  readonly bonesM: readonly number[]
  /** Turned out of the palm's direction, radians: positive towards the thumb. */
  readonly spread: number
  /** How far it closes at each joint, radians. */
  readonly closes: readonly number[]
}

/**
 * Grip space (WebXR §10.2), here of a right hand: −z along a held rod towards the thumb, +x out of
 * the back of the hand, +y along the arm. Places are those of the joints of a grown hand at rest.
 */
const palm = { at: [0.031, 0.006, 0.009], size: [0.014, 0.05, 0.039] } as const
const thickness = [0.019, 0.017, 0.015] as const
const bones = (lengthM: number) => [lengthM * 0.48, lengthM * 0.3, lengthM * 0.22]
const bends = [1.3, 1.7, 1.1]
/** Thumb first. */
const fingers: readonly Finger[] = [
  {
    root: [0.018, 0.014, -0.022],
    bonesM: [0.03, 0.033, 0.026],
    spread: 0.85,
    closes: [0.5, 0.75, 0.9],
  },
  { root: [0.031, -0.034, -0.017], bonesM: bones(0.082), spread: 0.06, closes: bends },
  { root: [0.034, -0.036, 0.004], bonesM: bones(0.088), spread: -0.06, closes: bends },
  { root: [0.031, -0.03, 0.024], bonesM: bones(0.082), spread: -0.18, closes: bends },
  { root: [0.025, -0.02, 0.041], bonesM: bones(0.064), spread: -0.28, closes: bends },
]

/** Palm and fingers, bent by `curls` (thumb first, 0 stretched … 1 closed). */
export function handPieces(curls: readonly number[], side: HandSide): readonly HandPiece[] {
  const pieces: HandPiece[] = [{ shape: 'palm', at: palm.at, rotation: upright, size: palm.size }]
  for (const [n, { root, bonesM, spread, closes }] of fingers.entries()) {
    // bones lie along −y of the hand; about +x towards the thumb (−z), about +z into the palm
    let turn = turnAbout([1, 0, 0], spread)
    let from = root
    for (const [joint, lengthM] of bonesM.entries()) {
      const closed = (curls[n] ?? 0) * (closes[joint] ?? 0)
      turn = multiply(turn, turnAbout([0, 0, 1], -closed))
      const step = scale(rotate(turn, [0, -1, 0]), lengthM)
      const thick = thickness[joint] ?? 0.014
      const at = add(from, scale(step, 0.5))
      pieces.push({
        shape: 'bone',
        at,
        rotation: turn,
        size: [thick, (lengthM + thick * 0.7) / 2, thick],
      })
      from = add(from, step)
    }
  }
  return side === 'right' ? pieces : pieces.map(mirrored)
}

const upright: Quaternion = [0, 0, 0, 1]

/** The other hand: x is turned around, the shapes themselves are alike on both sides. */
function mirrored({ shape, at, rotation, size }: HandPiece): HandPiece {
  const [x, y, z, w] = rotation
  return { shape, at: [-at[0], at[1], at[2]], rotation: [x, -y, -z, w], size }
}
