import type { Scene } from '@babylonjs/core/scene.js'
import { rotate } from '../../../shared/geometry/quaternion.ts'
import { add, length, subtract } from '../../../shared/geometry/vector.ts'
import type { WorldPose } from '../../../shared/protocol/pose-sample.ts'
import type { XrHand } from '../hands/xr-hand.ts'
import { emOf } from '../room/room-labels.ts'
import { facing } from './panel-facing.ts'
import { panelColours } from './panel-look.ts'
import { Plate } from './panel-plate.ts'
import { darkPlate, Words } from './panel-words.ts'

const shownMs = 2000
const besideM = 0.06
const style = {
  weight: 600,
  text: panelColours.text,
  ground: darkPlate,
  mostLines: 1,
  mostEms: 14,
} as const

/** The active tool's name beside the hand that holds it, for two seconds after a change. */
export class ToolName {
  readonly #words: Words
  readonly #plates: Readonly<Record<'left' | 'right', Plate>>
  readonly #now: () => number
  #untilMs = Number.NEGATIVE_INFINITY

  constructor({ scene, now = () => performance.now() }: { scene: Scene; now?: () => number }) {
    const words = new Words(scene)
    const plate = (side: number) =>
      new Plate(scene, words, { name: 'tool name', anchor: [-side, 0] })
    this.#words = words
    this.#plates = { left: plate(-1), right: plate(1) }
    this.#now = now
  }

  show(text: string): void {
    this.#plates.left.write(text, style)
    this.#plates.right.write(text, style)
    this.#untilMs = this.#now() + shownMs
  }

  /** Outside of the hand, as the wearer sees it. */
  frame(hand: XrHand | undefined, head: WorldPose): void {
    this.#plates.left.hide()
    this.#plates.right.hide()
    if (!hand?.grip || this.#now() >= this.#untilMs) return
    const { position } = hand.grip
    const rotation = facing(position, head.position)
    const side = hand.side === 'left' ? -1 : 1
    const at = add(position, rotate(rotation, [side * besideM, 0.02, 0]))
    const awayM = length(subtract(at, head.position))
    this.#plates[hand.side].place(at, rotation, emOf(1.1, Math.max(0.25, awayM)))
  }

  dispose(): void {
    this.#plates.left.dispose()
    this.#plates.right.dispose()
    this.#words.dispose()
  }
}
