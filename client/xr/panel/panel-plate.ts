import type { StandardMaterial } from '@babylonjs/core/Materials/standardMaterial.js'
import { Quaternion } from '@babylonjs/core/Maths/math.vector.js'
import type { Mesh } from '@babylonjs/core/Meshes/mesh.js'
import type { Scene } from '@babylonjs/core/scene.js'
import type { Quaternion as Turn } from '../../../shared/geometry/quaternion.ts'
import { rotate } from '../../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { add } from '../../../shared/geometry/vector.ts'
import { pictureMaterial } from './panel-picture.ts'
import { quad } from './panel-quad.ts'
import type { WordPicture, WordStyle, Words } from './panel-words.ts'

/** Which part of the plate is at its place: −1…1, right and up. */
export type Anchor = readonly [x: number, y: number]

/** A plate of words in the room. World space. */
export class Plate {
  readonly #scene: Scene
  readonly #words: Words
  readonly #mesh: Mesh
  readonly #anchor: Anchor
  #material: StandardMaterial | undefined
  #word: WordPicture | undefined
  #shown = ''

  constructor(
    scene: Scene,
    words: Words,
    {
      name,
      anchor = [0, 0],
      behindTissue = false,
    }: { name: string; anchor?: Anchor; behindTissue?: boolean },
  ) {
    this.#scene = scene
    this.#words = words
    this.#anchor = anchor
    this.#mesh = quad(name, scene)
    this.#mesh.rotationQuaternion = Quaternion.Identity()
    this.#mesh.renderingGroupId = behindTissue ? 0 : 1
    this.#mesh.setEnabled(false)
  }

  write(text: string, style: WordStyle): void {
    const wanted = JSON.stringify([text, style])
    if (wanted === this.#shown) return
    this.#shown = wanted
    const before = this.#word
    const word = this.#words.take(text, style)
    this.#word = word
    if (before) this.#words.leave(before)
    if (this.#material) this.#material.diffuseTexture = word.texture
    else this.#material = pictureMaterial(this.#mesh.name, this.#scene, word.texture)
    this.#mesh.material = this.#material
  }

  /** `emM`: the size of its letters there. */
  place(at: Vec3, rotation: Turn, emM: number, opacity = 1): void {
    const word = this.#word
    this.#mesh.setEnabled(word !== undefined && opacity > 0)
    if (!word || !this.#material) return
    const [width, height] = [word.widthEms * emM, word.heightEms * emM]
    const aside: Vec3 = [(-this.#anchor[0] * width) / 2, (-this.#anchor[1] * height) / 2, 0]
    this.#mesh.position.set(...add(at, rotate(rotation, aside)))
    this.#mesh.rotationQuaternion?.set(...rotation)
    this.#mesh.scaling.set(width, height, 1)
    this.#material.alpha = opacity
  }

  hide(): void {
    this.#mesh.setEnabled(false)
  }

  dispose(): void {
    if (this.#word) this.#words.leave(this.#word)
    this.#word = undefined
    this.#material?.dispose()
    this.#mesh.dispose()
  }
}
