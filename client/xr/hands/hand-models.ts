import { HemisphericLight } from '@babylonjs/core/Lights/hemisphericLight.js'
import { Color3 } from '@babylonjs/core/Maths/math.color.js'
import { Vector3 } from '@babylonjs/core/Maths/math.vector.js'
import type { AbstractMesh } from '@babylonjs/core/Meshes/abstractMesh.js'
import type { Scene } from '@babylonjs/core/scene.js'
import { HandModel } from './hand-models-one.ts'
import type { Side, XrHand } from './xr-hand.ts'

const sides: readonly Side[] = ['left', 'right']
const nobody: ReadonlySet<Side> = new Set()

/** The wearer's own controllers and hands, as they see them. World space. */
export class HandModels {
  readonly #scene: Scene
  readonly #light: HemisphericLight
  readonly #lit: AbstractMesh[] = []
  readonly #models = new Map<Side, { readonly kind: string; readonly model: HandModel }>()

  constructor({ scene }: { scene: Scene }) {
    this.#scene = scene
    this.#light = new HemisphericLight('on own hands', Vector3.Up(), scene)
    this.#light.groundColor = new Color3(0.28, 0.31, 0.36)
    this.#light.intensity = 0.85
    // an empty list would be everything
    this.#light.setEnabled(false)
  }

  /** `onPanel`: hands that point or poke at a panel are drawn with it, over the volume. */
  frame(hands: readonly XrHand[], onPanel: ReadonlySet<Side> = nobody): void {
    for (const side of sides) {
      const hand = hands.find((each) => each.side === side && each.kind !== 'gaze')
      const model = hand ? this.#modelOf(hand) : this.#models.get(side)?.model
      model?.frame(hand)
      const group = onPanel.has(side) ? 1 : 0
      for (const mesh of model?.meshes ?? []) mesh.renderingGroupId = group
    }
  }

  dispose(): void {
    for (const { model } of this.#models.values()) model.dispose()
    this.#models.clear()
    this.#light.dispose()
  }

  /** Another controller in the same hand is another model; the old one is put away. */
  #modelOf(hand: XrHand): HandModel {
    const kind = hand.kind === 'hand' ? 'hand' : hand.profiles.join(' ')
    const known = this.#models.get(hand.side)
    if (known?.kind === kind) return known.model
    known?.model.dispose()
    const model = new HandModel(this.#scene, hand, (meshes) => this.#dress(meshes))
    this.#models.set(hand.side, { kind, model })
    return model
  }

  #dress(meshes: readonly AbstractMesh[]): void {
    const lit = this.#lit.filter((mesh) => !mesh.isDisposed())
    this.#lit.splice(0, this.#lit.length, ...lit, ...meshes)
    this.#light.includedOnlyMeshes = [...this.#lit]
    this.#light.setEnabled(true)
  }
}
