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
 * the back of the hand, +y along the arm. The palm is so far behind the middle of the fist.
 */
const palmX = 0.024
const thickness = [0.019, 0.016, 0.014] as const
const fingerBones = (length: number) => [length * 0.48, length * 0.3, length * 0.22]
const fingers: readonly Finger[] = [
  { root: [palmX - 0.006, 0.012, -0.032], bonesM: [0.034, 0.034, 0.026], spread: 0.85, closes: [0.5, 0.75, 0.9] },
  { root: [palmX, -0.044, -0.029], bonesM: fingerBones(0.085), spread: 0.1, closes: [1.3, 1.7, 1.1] },
  { root: [palmX, -0.048, -0.008], bonesM: fingerBones(0.094), spread: 0.02, closes: [1.3, 1.7, 1.1] },
  { root: [palmX, -0.045, 0.013], bonesM: fingerBones(0.087), spread: -0.06, closes: [1.3, 1.7, 1.1] },
  { root: [palmX, -0.038, 0.032], bonesM: fingerBones(0.069), spread: -0.16, closes: [1.3, 1.7, 1.1] },
] // biome-ignore format: a table, thumb first

/** Palm and fingers, bent by `curls` (thumb first, 0 stretched … 1 closed). */
export function handPieces(curls: readonly number[], side: HandSide): readonly HandPiece[] {
  const pieces: HandPiece[] = [
    { shape: 'palm', at: [palmX, 0.002, 0], rotation: upright, size: [0.013, 0.052, 0.044] },
  ]
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
