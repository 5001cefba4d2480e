import { VertexBuffer } from '@babylonjs/core/Buffers/buffer.js'
import { CreateCapsule } from '@babylonjs/core/Meshes/Builders/capsuleBuilder.js'
import { CreateSphere } from '@babylonjs/core/Meshes/Builders/sphereBuilder.js'
import { CreateTorus } from '@babylonjs/core/Meshes/Builders/torusBuilder.js'
import { Mesh } from '@babylonjs/core/Meshes/mesh.js'
import { VertexData } from '@babylonjs/core/Meshes/mesh.vertexData.js'
import type { Scene } from '@babylonjs/core/scene.js'
import type { Vec3 } from '../../shared/geometry/transform.ts'

/** What bodies are made of, metres. Head: −z is where it looks, the origin between the eyes. */
export interface AvatarShapes {
  readonly skull: Mesh
  readonly visor: Mesh
  readonly foreheadLetters: Mesh
  readonly templeLetters: Mesh
  /** Around the origin, seen as a circle from +z. */
  readonly ring: Mesh
  readonly controller: Mesh
  /** Unit ball. */
  readonly palm: Mesh
  /** Along y, 2 long and 1 thick: scaled to a bone. */
  readonly bone: Mesh
}

export function avatarShapes(scene: Scene): AvatarShapes {
  return {
    skull: skull(scene),
    visor: visor(scene),
    foreheadLetters: bent(
      letters('avatar forehead', scene, [
        { middle: [0, 0.001, -visorHalfM - 0.001], right: [-1, 0, 0], width: 0.086 },
      ]),
    ),
    templeLetters: letters('avatar temples', scene, [
      { middle: [0.0875, 0.004, 0.078], right: [0, 0, -1], width: 0.072 },
      { middle: [-0.0875, 0.004, 0.078], right: [0, 0, 1], width: 0.072 },
    ]),
    ring: ring(scene),
    controller: controller(scene),
    palm: CreateSphere('avatar palm', { diameter: 2, segments: 10 }, scene),
    bone: CreateCapsule(
      'avatar bone',
      { height: 2, radius: 0.5, capSubdivisions: 4, tessellation: 10 },
      scene,
    ),
  }
}

const skullMiddle: Vec3 = [0, -0.012, 0.078]
/** From the skull's middle to that of the visor, and half the visor's thickness. */
const visorBendM = 0.088
const visorHalfM = 0.021

/** Height of a cell of initials, as a part of its width. */
const cellShape = 76 / 128

function skull(scene: Scene): Mesh {
  const mesh = CreateSphere(
    'avatar skull',
    { diameterX: 0.172, diameterY: 0.225, diameterZ: 0.2, segments: 20 },
    scene,
  )
  return baked(mesh, skullMiddle)
}

/** A rounded bar, bent around the front of the skull. */
function visor(scene: Scene): Mesh {
  const mesh = CreateCapsule(
    'avatar visor',
    { height: 0.225, radius: 0.041, subdivisions: 16, capSubdivisions: 8, tessellation: 24 },
    scene,
  )
  mesh.rotation.z = Math.PI / 2
  mesh.bakeCurrentTransformIntoVertices()
  mesh.scaling.z = visorHalfM / 0.041
  mesh.bakeCurrentTransformIntoVertices()
  return bent(mesh)
}

/** Bends what lies along x around the vertical through the skull; −z is outwards. */
function bent(mesh: Mesh): Mesh {
  const positions = mesh.getVerticesData(VertexBuffer.PositionKind) ?? []
  const normals = mesh.getVerticesData(VertexBuffer.NormalKind) ?? []
  for (let at = 0; at < positions.length; at += 3) {
    const [x = 0, , z = 0] = positions.slice(at, at + 3)
    const angle = x / visorBendM
    const [sine, cosine] = [Math.sin(angle), Math.cos(angle)]
    positions[at] = (visorBendM - z) * sine
    positions[at + 2] = skullMiddle[2] - (visorBendM - z) * cosine
    const [nx = 0, , nz = 0] = normals.slice(at, at + 3)
    normals[at] = nx * cosine - nz * sine
    normals[at + 2] = nx * sine + nz * cosine
  }
  mesh.setVerticesData(VertexBuffer.PositionKind, positions)
  mesh.setVerticesData(VertexBuffer.NormalKind, normals)
  return mesh
}

function ring(scene: Scene): Mesh {
  const mesh = CreateTorus(
    'avatar speaks',
    { diameter: 0.335, thickness: 0.009, tessellation: 56 },
    scene,
  )
  mesh.rotation.x = Math.PI / 2
  return baked(mesh, [0, 0, 0])
}

/** A handle in the fist with a ring before it. */
function controller(scene: Scene): Mesh {
  const handle = CreateCapsule(
    'avatar handle',
    { height: 0.1, radius: 0.014, capSubdivisions: 5, tessellation: 14 },
    scene,
  )
  handle.rotation.x = Math.PI / 2
  handle.position.z = 0.015
  const hoop = CreateTorus(
    'avatar hoop',
    { diameter: 0.085, thickness: 0.008, tessellation: 32 },
    scene,
  )
  hoop.rotation.x = Math.PI / 2.4
  hoop.position.z = -0.055
  const mesh = Mesh.MergeMeshes([handle, hoop], true)
  if (!mesh) throw new Error('a controller of nothing')
  mesh.name = 'avatar controller'
  return mesh
}

function baked(mesh: Mesh, at: Vec3): Mesh {
  mesh.position.set(...at)
  mesh.bakeCurrentTransformIntoVertices()
  return mesh
}

const letterColumns = 8

/** Upright plates of letters that are read from outside. */
function letters(
  name: string,
  scene: Scene,
  plates: readonly { middle: Vec3; right: Vec3; width: number }[],
): Mesh {
  const data = new VertexData()
  const positions: number[] = []
  const normals: number[] = []
  const uvs: number[] = []
  const indices: number[] = []
  for (const { middle, right, width } of plates) {
    for (let column = 0; column <= letterColumns; column++) {
      const u = column / letterColumns
      const across = (u - 0.5) * width
      const first = positions.length / 3
      for (const v of [0, 1]) {
        const up = (v - 0.5) * width * cellShape
        positions.push(middle[0] + right[0] * across, middle[1] + up, middle[2] + right[2] * across)
        normals.push(-right[2], 0, right[0])
        uvs.push(u, v)
      }
      if (column < letterColumns) {
        indices.push(first, first + 2, first + 3, first, first + 3, first + 1)
      }
    }
  }
  Object.assign(data, { positions, normals, uvs, indices })
  const mesh = new Mesh(name, scene)
  data.applyToMesh(mesh, true)
  return mesh
}
