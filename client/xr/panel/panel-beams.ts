import { StandardMaterial } from '@babylonjs/core/Materials/standardMaterial.js'
import { Color3 } from '@babylonjs/core/Maths/math.color.js'
import { Quaternion, Vector3 } from '@babylonjs/core/Maths/math.vector.js'
import { CreateCylinder } from '@babylonjs/core/Meshes/Builders/cylinderBuilder.js'
import { CreateSphere } from '@babylonjs/core/Meshes/Builders/sphereBuilder.js'
import type { Mesh } from '@babylonjs/core/Meshes/mesh.js'
import type { Scene } from '@babylonjs/core/scene.js'
import { add, scale } from '../../../shared/geometry/vector.ts'
import type { WorldRay } from '../hands/xr-hand.ts'

const overTheVolume = 1
const longestM = 0.35

/** Where hands point on a panel: a short beam before it and a dot on it, two at most. */
export class PanelBeams {
  readonly #beams: readonly { readonly beam: Mesh; readonly dot: Mesh }[]
  readonly #ink: StandardMaterial
  #used = 0

  constructor(scene: Scene) {
    this.#ink = new StandardMaterial('panel beam', scene)
    this.#ink.disableLighting = true
    this.#ink.emissiveColor = Color3.FromHexString('#e6e9ee')
    this.#ink.alpha = 0.75
    this.#beams = [0, 1].map((n) => ({
      beam: this.#dress(CreateCylinder(`panel beam ${n}`, { height: 1, diameter: 0.0016 }, scene)),
      dot: this.#dress(CreateSphere(`panel dot ${n}`, { diameter: 0.006, segments: 8 }, scene)),
    }))
  }

  begin(): void {
    this.#used = 0
  }

  /** The last part of the ray, up to so many metres from its origin. */
  shine({ origin, direction }: WorldRay, distanceM: number): void {
    const { beam, dot } = this.#beams[this.#used++] ?? {}
    if (!beam || !dot) return
    const lengthM = Math.min(longestM, distanceM)
    beam.position.set(...add(origin, scale(direction, distanceM - lengthM / 2)))
    beam.scaling.y = lengthM
    const along = new Vector3(...direction)
    Quaternion.FromUnitVectorsToRef(Vector3.UpReadOnly, along, turnOf(beam))
    dot.position.set(...add(origin, scale(direction, distanceM)))
    beam.setEnabled(true)
    dot.setEnabled(true)
  }

  end(): void {
    for (const { beam, dot } of this.#beams.slice(this.#used)) {
      beam.setEnabled(false)
      dot.setEnabled(false)
    }
  }

  dispose(): void {
    for (const { beam, dot } of this.#beams) {
      beam.dispose()
      dot.dispose()
    }
    this.#ink.dispose()
  }

  #dress(mesh: Mesh): Mesh {
    mesh.material = this.#ink
    mesh.renderingGroupId = overTheVolume
    mesh.isPickable = false
    mesh.setEnabled(false)
    return mesh
  }
}

function turnOf(mesh: Mesh): Quaternion {
  mesh.rotationQuaternion ??= Quaternion.Identity()
  return mesh.rotationQuaternion
}
