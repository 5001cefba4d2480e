import { VertexBuffer } from '@babylonjs/core/Buffers/buffer.js'
import { Mesh } from '@babylonjs/core/Meshes/mesh.js'
import { VertexData } from '@babylonjs/core/Meshes/mesh.vertexData.js'
import type { Scene } from '@babylonjs/core/scene.js'
import { boxCorners } from '../../shared/geometry/box-cut.ts'
import {
  compose,
  type Transform,
  transform,
  transformPoint,
  type Vec3,
} from '../../shared/geometry/transform.ts'
import { subtract } from '../../shared/geometry/vector.ts'
import { texelFromPatient, type VolumeFrame } from './volume-level.ts'

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
  data.applyToMesh(box, true)
  box.isPickable = false
  return box
}

/** Makes the box cover what stands outside the voxels as well; undefined: the voxels alone. */
export function coverBox(
  box: Mesh,
  { patientFromVoxel, dims }: Pick<VolumeFrame, 'patientFromVoxel' | 'dims'>,
  boundsMm: { readonly minMm: Vec3; readonly maxMm: Vec3 } | undefined,
): void {
  let wider = { origin: [0, 0, 0] as Vec3, size: dims }
  if (boundsMm) {
    const texels = texelFromPatient(patientFromVoxel)
    const corners = [0, 1, 2, 3, 4, 5, 6, 7].map((n) =>
      transformPoint(
        texels,
        [0, 1, 2].map(
          (axis) => (n & (1 << axis) ? boundsMm.maxMm : boundsMm.minMm)[axis],
        ) as unknown as Vec3,
      ),
    )
    const along = (axis: number) => corners.map((corner) => corner[axis] as number)
    const low = [0, 1, 2].map((axis) => Math.min(0, ...along(axis))) as unknown as Vec3
    const high = [0, 1, 2].map((axis) => Math.max(dims[axis] as number, ...along(axis)))
    wider = { origin: low, size: subtract(high as unknown as Vec3, low) }
  }
  const shift = [1, 0, 0, wider.origin[0], 0, 1, 0, wider.origin[1], 0, 0, 1, wider.origin[2]]
  const moved = compose(patientFromVoxel, transform<'voxel', 'voxel'>([...shift, 0, 0, 0, 1]))
  box.updateVerticesData(VertexBuffer.PositionKind, boxCorners(moved, wider.size).flat())
  box.refreshBoundingInfo()
}
