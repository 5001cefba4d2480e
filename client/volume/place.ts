import { Quaternion, Vector3 } from '@babylonjs/core/Maths/math.vector.js'
import type { TransformNode } from '@babylonjs/core/Meshes/transformNode.js'
import type { Transform } from '../../shared/geometry/transform.ts'
import { babylonMatrix } from './babylon-matrix.ts'

/** Puts a volume's root where a turn, an even scale and a shift take patient space. */
export function placeInWorld(
  root: TransformNode,
  worldFromPatient: Transform<'world', 'patient'>,
): void {
  const [scaling, rotation, position] = [new Vector3(), new Quaternion(), new Vector3()]
  babylonMatrix(worldFromPatient).decompose(scaling, rotation, position)
  root.scaling = scaling
  root.rotationQuaternion = rotation
  root.position = position
}
