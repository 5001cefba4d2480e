import { Quaternion } from '@babylonjs/core/Maths/math.vector.js'
import type { AbstractMesh } from '@babylonjs/core/Meshes/abstractMesh.js'
import type { Mesh } from '@babylonjs/core/Meshes/mesh.js'
import type { TransformNode } from '@babylonjs/core/Meshes/transformNode.js'
import type { Scene } from '@babylonjs/core/scene.js'
import { modelUrl } from './hand-models-files.ts'
import { type LoadedModel, loadModel } from './hand-models-load.ts'
import { bend, bonesOf, movePart, movingParts } from './hand-models-motion.ts'
import { placeJoints, simpleController, simpleHand } from './hand-models-simple.ts'
import type { XrHand } from './xr-hand.ts'

type Shape =
  | { readonly state: 'loading' }
  | {
      readonly state: 'controller'
      readonly model: LoadedModel
      readonly parts: ReturnType<typeof movingParts>
    }
  | {
      readonly state: 'hand'
      readonly model: LoadedModel
      readonly bones: readonly TransformNode[]
    }
  | { readonly state: 'simple'; readonly mesh: Mesh }
  | { readonly state: 'gone' }

/** One hand's model, of one kind: its own once that is here, a simple shape where it cannot be had. */
export class HandModel {
  readonly #scene: Scene
  readonly #name: string
  #shape: Shape = { state: 'loading' }

  /** `dress` is called with the meshes that it brings into the scene. */
  constructor(scene: Scene, hand: XrHand, dress: (meshes: readonly AbstractMesh[]) => void) {
    this.#scene = scene
    this.#name = `own ${hand.side} ${hand.kind}`
    const url = modelUrl(hand)
    if (url) void this.#load(url, hand.kind, dress)
    else this.#beSimple(hand.kind, dress)
  }

  get meshes(): readonly AbstractMesh[] {
    const shape = this.#shape
    if (shape.state === 'simple') return [shape.mesh]
    return 'model' in shape ? shape.model.meshes : []
  }

  /** Shows it where the hand is; undefined while that is not tracked. */
  frame(hand: XrHand | undefined): void {
    const shape = this.#shape
    if (shape.state === 'loading' || shape.state === 'gone') return
    const root = shape.state === 'simple' ? shape.mesh : shape.model.root
    const bare = shape.state === 'hand' || hand?.kind === 'hand'
    const tracked = bare ? hand?.joints : hand?.grip
    root.setEnabled(tracked !== undefined)
    if (!hand || !tracked) return
    if (bare) {
      if (!hand.joints) return
      if (shape.state === 'hand') bend(shape.bones, hand.joints)
      else if (shape.state === 'simple') placeJoints(shape.mesh, hand.joints)
      return
    }
    if (!hand.grip) return
    root.position.set(...hand.grip.position)
    root.rotationQuaternion ??= Quaternion.Identity()
    root.rotationQuaternion.set(...hand.grip.rotation)
    if (shape.state === 'controller') for (const part of shape.parts) movePart(part, hand)
  }

  dispose(): void {
    const shape = this.#shape
    this.#shape = { state: 'gone' }
    if (shape.state === 'simple') shape.mesh.dispose(false, true)
    else if ('model' in shape) shape.model.dispose()
  }

  async #load(
    url: string,
    kind: XrHand['kind'],
    dress: (meshes: readonly AbstractMesh[]) => void,
  ): Promise<void> {
    let model: LoadedModel
    try {
      model = await loadModel(url, this.#scene)
    } catch {
      // what is missing is a likeness only: the simple shape is seen, and everything works
      this.#beSimple(kind, dress)
      return
    }
    const bones = kind === 'hand' ? bonesOf(model.nodes) : undefined
    if (this.#shape.state === 'gone' || (kind === 'hand' && !bones)) {
      model.dispose()
      this.#beSimple(kind, dress)
      return
    }
    model.root.setEnabled(false)
    this.#shape = bones
      ? { state: 'hand', model, bones }
      : { state: 'controller', model, parts: movingParts(model.nodes) }
    dress(model.meshes)
  }

  #beSimple(kind: XrHand['kind'], dress: (meshes: readonly AbstractMesh[]) => void): void {
    if (this.#shape.state !== 'loading') return
    const make = kind === 'hand' ? simpleHand : simpleController
    const mesh = make(this.#name, this.#scene)
    mesh.setEnabled(false)
    this.#shape = { state: 'simple', mesh }
    dress([mesh])
  }
}
