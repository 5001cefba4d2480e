import type { Scene } from '@babylonjs/core/scene.js'
import type { WorldPose } from '../../../shared/protocol/pose-sample.ts'
import { emOf } from '../room/room-labels.ts'
import { ahead } from './panel-facing.ts'
import { panelColours } from './panel-look.ts'
import { Plate } from './panel-plate.ts'
import { Words } from './panel-words.ts'

/** Low enough not to lie on what is looked at, high enough for the smallest field of view. */
const place = { distanceM: 1, belowDegrees: 20, level: false } as const
const style = {
  weight: 500,
  text: panelColours.quiet,
  ground: `${panelColours.ground}99`,
  mostLines: 1,
  mostEms: 20,
} as const

/** [XR-7] "Not for diagnosis", in the picture of both eyes wherever the wearer looks. */
export class NotForDiagnosis {
  readonly #words: Words
  readonly #plate: Plate

  constructor({ scene }: { scene: Scene }) {
    this.#words = new Words(scene)
    this.#plate = new Plate(scene, this.#words, { name: 'not for diagnosis' })
    this.#plate.write('Not for diagnosis', style)
  }

  frame(head: WorldPose): void {
    const { position, rotation } = ahead(head, place)
    this.#plate.place(position, rotation, emOf(0.8, place.distanceM))
  }

  dispose(): void {
    this.#plate.dispose()
    this.#words.dispose()
  }
}
