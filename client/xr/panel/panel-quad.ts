import { Mesh } from '@babylonjs/core/Meshes/mesh.js'
import { VertexData } from '@babylonjs/core/Meshes/mesh.vertexData.js'
import type { Scene } from '@babylonjs/core/scene.js'

/** A square of 1 × 1 m that is read from its +z side: x to the right, y up, as its picture is. */
export function quad(name: string, scene: Scene): Mesh {
  const mesh = new Mesh(name, scene)
  const data = new VertexData()
  data.positions = [-0.5, -0.5, 0, 0.5, -0.5, 0, 0.5, 0.5, 0, -0.5, 0.5, 0]
  data.normals = [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1]
  data.uvs = [0, 0, 1, 0, 1, 1, 0, 1]
  data.indices = [0, 1, 2, 0, 2, 3]
  data.applyToMesh(mesh)
  mesh.isPickable = false
  return mesh
}
