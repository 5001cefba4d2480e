import { StandardMaterial } from '@babylonjs/core/Materials/standardMaterial.js'
import { Color3 } from '@babylonjs/core/Maths/math.color.js'
import { Matrix, Quaternion, Vector3 } from '@babylonjs/core/Maths/math.vector.js'
import { CreateCapsule } from '@babylonjs/core/Meshes/Builders/capsuleBuilder.js'
import { CreateSphere } from '@babylonjs/core/Meshes/Builders/sphereBuilder.js'
import { CreateTorus } from '@babylonjs/core/Meshes/Builders/torusBuilder.js'
import { Mesh } from '@babylonjs/core/Meshes/mesh.js'
import '@babylonjs/core/Meshes/thinInstanceMesh.js'
import type { Scene } from '@babylonjs/core/scene.js'
import { jointNames, jointStride } from './hand-joints.ts'

const colour = Color3.FromHexString('#8f9bab')

function plastic(name: string, scene: Scene): StandardMaterial {
  const material = new StandardMaterial(name, scene)
  material.diffuseColor = colour
  material.specularColor = new Color3(0.06, 0.06, 0.07)
  return material
}

/** A handle with a ring before it, for a controller of a kind that we have no model of. Grip space. */
export function simpleController(name: string, scene: Scene): Mesh {
  const handle = CreateCapsule(`${name} handle`, { height: 0.11, radius: 0.016 }, scene)
  handle.rotation.x = Math.PI / 2
  handle.position.z = 0.02
  const ring = CreateTorus(
    `${name} ring`,
    { diameter: 0.085, thickness: 0.009, tessellation: 36 },
    scene,
  )
  ring.rotation.x = Math.PI / 2.4
  ring.position.z = -0.06
  const whole = Mesh.MergeMeshes([handle, ring], true)
  if (!whole) throw new Error('a controller of nothing')
  whole.name = name
  whole.material = plastic(name, scene)
  whole.isPickable = false
  return whole
}

/** A ball at each joint, in one draw. World space. */
export function simpleHand(name: string, scene: Scene): Mesh {
  const mesh = CreateSphere(name, { diameter: 2, segments: 6 }, scene)
  mesh.material = plastic(name, scene)
  mesh.isPickable = false
  mesh.alwaysSelectAsActiveMesh = true
  mesh.thinInstanceSetBuffer('matrix', new Float32Array(16 * jointNames.length), 16, false)
  return mesh
}

const [matrix, place, size] = [new Matrix(), new Vector3(), new Vector3()]
const unturned = Quaternion.Identity()

export function placeJoints(hand: Mesh, joints: Float32Array): void {
  for (let n = 0; n < jointNames.length; n++) {
    const [x = 0, y = 0, z = 0, , , , , radiusM = 0.008] = joints.subarray(
      n * jointStride,
      (n + 1) * jointStride,
    )
    place.set(x, y, z)
    size.setAll(radiusM || 0.008)
    Matrix.ComposeToRef(size, unturned, place, matrix)
    hand.thinInstanceSetMatrixAt(n, matrix, false)
  }
  hand.thinInstanceBufferUpdated('matrix')
}
