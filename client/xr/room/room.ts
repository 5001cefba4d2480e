import { ShaderMaterial } from '@babylonjs/core/Materials/shaderMaterial.js'
import { Color4 } from '@babylonjs/core/Maths/math.color.js'
import { CreateDisc } from '@babylonjs/core/Meshes/Builders/discBuilder.js'
import { CreateSphere } from '@babylonjs/core/Meshes/Builders/sphereBuilder.js'
import type { Mesh } from '@babylonjs/core/Meshes/mesh.js'
import type { Scene } from '@babylonjs/core/scene.js'
import { floorFragment, roomVertex, skyFragment } from './room-shaders.ts'

const floorRadiusM = 6
const skyRadiusM = 40
/** Dark blue-grey, for what no sky is drawn on. */
const behind = Color4.FromHexString('#0e1319ff')

/** Around a wearer only: a faint round floor, and a sky with a horizon that keeps still. */
export class Room {
  readonly #scene: Scene
  readonly #ground: Color4
  readonly #meshes: readonly Mesh[]

  constructor(scene: Scene) {
    this.#scene = scene
    this.#ground = scene.clearColor
    scene.clearColor = behind
    const floor = CreateDisc('floor', { radius: floorRadiusM, tessellation: 64 }, scene)
    floor.rotation.x = Math.PI / 2
    const sky = CreateSphere('sky', { diameter: 2 * skyRadiusM, segments: 24 }, scene)
    // the horizon is as far as the eye is high: it goes along with the wearer
    sky.infiniteDistance = true
    floor.material = paint('floor', scene, floorFragment)
    sky.material = paint('sky', scene, skyFragment)
    this.#meshes = [floor, sky]
    for (const mesh of this.#meshes) {
      mesh.isPickable = false
      mesh.alwaysSelectAsActiveMesh = true
    }
  }

  dispose(): void {
    for (const mesh of this.#meshes) mesh.dispose(false, true)
    this.#scene.clearColor = this.#ground
  }
}

function paint(name: string, scene: Scene, fragmentSource: string): ShaderMaterial {
  const material = new ShaderMaterial(
    name,
    scene,
    { vertexSource: roomVertex, fragmentSource },
    { attributes: ['position'], uniforms: ['world', 'viewProjection'] },
  )
  material.backFaceCulling = false
  return material
}
