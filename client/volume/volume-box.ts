import { Mesh } from '@babylonjs/core/Meshes/mesh.js'
import { VertexData } from '@babylonjs/core/Meshes/mesh.vertexData.js'
import type { Scene } from '@babylonjs/core/scene.js'
import { boxCorners } from '../../shared/geometry/box-cut.ts'
import type { Transform, Vec3 } from '../../shared/geometry/transform.ts'

/** Counter-clockwise seen from outside, where the voxel axes are right-handed. */
const faces = [
  [0, 4, 6, 2],
  [1, 3, 7, 5],
  [0, 1, 5, 4],
  [2, 6, 7, 3],
  [0, 2, 3, 1],
  [4, 5, 7, 6],
] as const

/** The parallelepiped that the voxels fill, half a voxel beyond the outermost centres, in patient mm. */
export function volumeBox(
  scene: Scene,
  patientFromVoxel: Transform<'patient', 'voxel'>,
  dims: Vec3,
): Mesh {
  const [a, b, c, , d, e, f, , g, h, i] = patientFromVoxel as unknown as number[]
  const handed = a! * (e! * i! - f! * h!) - b! * (d! * i! - f! * g!) + c! * (d! * h! - e! * g!) > 0
  const data = new VertexData()
  data.positions = boxCorners(patientFromVoxel, dims).flat()
  // Babylon's front faces are clockwise in a right-handed scene.
  data.indices = faces.flatMap(([p, q, r, s]) => (handed ? [p, r, q, p, s, r] : [p, q, r, p, r, s]))
  const box = new Mesh('volume', scene)
  data.applyToMesh(box)
  box.isPickable = false
  return box
}
