import { StandardMaterial } from '@babylonjs/core/Materials/standardMaterial.js'
import { Color3 } from '@babylonjs/core/Maths/math.color.js'
import { Quaternion, Vector3 } from '@babylonjs/core/Maths/math.vector.js'
import { CreateCylinder } from '@babylonjs/core/Meshes/Builders/cylinderBuilder.js'
import { CreateSphere } from '@babylonjs/core/Meshes/Builders/sphereBuilder.js'
import { CreateTube } from '@babylonjs/core/Meshes/Builders/tubeBuilder.js'
import { Mesh } from '@babylonjs/core/Meshes/mesh.js'
import type { TransformNode } from '@babylonjs/core/Meshes/transformNode.js'
import type { Scene } from '@babylonjs/core/scene.js'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { length, normalize, scale, subtract } from '../../shared/geometry/vector.ts'

/** Materials that shine by themselves, one a colour, shared by whatever is drawn in it. */
export class Inks {
  readonly #scene: Scene
  readonly #inks = new Map<string, StandardMaterial>()

  constructor(scene: Scene) {
    this.#scene = scene
  }

  of(colour: string): StandardMaterial {
    const known = this.#inks.get(colour)
    if (known) return known
    const ink = new StandardMaterial(`ink ${colour}`, this.#scene)
    ink.disableLighting = true
    ink.emissiveColor = Color3.FromHexString(colour)
    this.#inks.set(colour, ink)
    return ink
  }
}

/** A ball; its radius is in its parent's units, mm in patient space. */
export function ball(name: string, scene: Scene, parent: TransformNode, radius: number): Mesh {
  const mesh = CreateSphere(name, { diameter: 2 * radius, segments: 12 }, scene)
  mesh.parent = parent
  mesh.isPickable = false
  return mesh
}

/** A rod along its own y from 0 to 1, to be laid between two points; radii in its parent's units. */
export function rod(
  name: string,
  scene: Scene,
  parent: TransformNode,
  size: { radius: number; tipRadius?: number },
): Mesh {
  const mesh = CreateCylinder(
    name,
    {
      height: 1,
      diameterBottom: 2 * size.radius,
      diameterTop: 2 * (size.tipRadius ?? size.radius),
      tessellation: 10,
    },
    scene,
  )
  mesh.bakeCurrentTransformIntoVertices()
  mesh.position.y = 0.5
  mesh.bakeCurrentTransformIntoVertices()
  mesh.parent = parent
  mesh.isPickable = false
  return mesh
}

/** Lays a rod from one point to another, patient mm. */
export function lay(mesh: Mesh, from: Vec3, to: Vec3): void {
  const along = subtract(to, from)
  const reach = length(along)
  mesh.setEnabled(reach > 0)
  if (reach === 0) return
  mesh.position.set(...from)
  mesh.scaling.set(1, reach, 1)
  mesh.rotationQuaternion = Quaternion.FromUnitVectorsToRef(
    Vector3.Up(),
    new Vector3(...normalize(along)),
    new Quaternion(),
  )
}

/**
 * A round line through points of its parent's space; undefined where they all are one. A point that
 * is where the last one was is left out: a line has a direction everywhere.
 */
export function tube(
  name: string,
  scene: Scene,
  parent: TransformNode,
  { path, radius }: { path: readonly Vec3[]; radius: number },
): Mesh | undefined {
  const apart = path.filter((point, n) => {
    const before = path[n - 1]
    return !before || length(subtract(point, before)) > radius / 1000
  })
  if (apart.length < 2) return undefined
  const mesh = CreateTube(
    name,
    {
      path: apart.map((point) => new Vector3(...point)),
      radius,
      tessellation: 6,
      cap: Mesh.CAP_ALL,
    },
    scene,
  )
  mesh.parent = parent
  mesh.isPickable = false
  return mesh
}

/** The point so far along from `from` to `to`, 0…1. */
export function between(from: Vec3, to: Vec3, part: number): Vec3 {
  const step = scale(subtract(to, from), part)
  return [from[0] + step[0], from[1] + step[1], from[2] + step[2]]
}
