import type { ShaderMaterial } from '@babylonjs/core/Materials/shaderMaterial.js'
import { Matrix, Quaternion, Vector3 } from '@babylonjs/core/Maths/math.vector.js'
import type { Mesh } from '@babylonjs/core/Meshes/mesh.js'
import '@babylonjs/core/Meshes/thinInstanceMesh.js'
import type { Quaternion as Turn } from '../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'

/** Red, green, blue and how much of it is seen, 0…1 each. */
export type Tint = readonly [number, number, number, number]
/** Left, bottom, width and height in the picture of words, 0…1. */
export type Cell = readonly [number, number, number, number]

const [matrix, place, turn, size] = [new Matrix(), new Vector3(), new Quaternion(), new Vector3()]
const noCell: Cell = [0, 0, 0, 0]

/** One shape, as often as it is wanted, in one draw. World space. */
export class Batch {
  readonly #mesh: Mesh
  #matrices = new Float32Array(0)
  #tints = new Float32Array(0)
  #cells = new Float32Array(0)
  #count = 0
  #room = 0

  constructor(mesh: Mesh, material: ShaderMaterial) {
    this.#mesh = mesh
    mesh.material = material
    mesh.isPickable = false
    // its own box is that of one shape at the origin
    mesh.alwaysSelectAsActiveMesh = true
    mesh.setEnabled(false)
    this.#grow(8)
  }

  begin(): void {
    this.#count = 0
  }

  add(at: Vec3, rotation: Turn, scale: Vec3, tint: Tint, cell: Cell = noCell): void {
    if (this.#count === this.#room) this.#grow(2 * this.#room)
    place.set(...at)
    turn.set(...rotation)
    size.set(...scale)
    Matrix.ComposeToRef(size, turn, place, matrix)
    matrix.copyToArray(this.#matrices, 16 * this.#count)
    this.#tints.set(tint, 4 * this.#count)
    this.#cells.set(cell, 4 * this.#count)
    this.#count++
  }

  end(): void {
    this.#mesh.setEnabled(this.#count > 0)
    if (this.#count === 0) return
    this.#mesh.thinInstanceCount = this.#count
    for (const name of ['matrix', 'tint', 'cell']) this.#mesh.thinInstanceBufferUpdated(name)
  }

  dispose(): void {
    this.#mesh.dispose()
  }

  #grow(room: number): void {
    const longer = (before: Float32Array, each: number) => {
      const after = new Float32Array(room * each)
      after.set(before)
      return after
    }
    this.#room = room
    this.#matrices = longer(this.#matrices, 16)
    this.#tints = longer(this.#tints, 4)
    this.#cells = longer(this.#cells, 4)
    this.#mesh.thinInstanceSetBuffer('matrix', this.#matrices, 16, false)
    this.#mesh.thinInstanceSetBuffer('tint', this.#tints, 4, false)
    this.#mesh.thinInstanceSetBuffer('cell', this.#cells, 4, false)
  }
}
