import { Matrix } from '@babylonjs/core/Maths/math.vector.js'
import type { Space, Transform } from '../../shared/geometry/transform.ts'

/** Babylon multiplies row vectors, so that its 16 numbers are ours transposed. */
export function babylonMatrix<To extends Space, From extends Space>(
  m: Transform<To, From>,
): Matrix {
  return Matrix.FromArray([...m]).transpose()
}
