import type { Scene } from '@babylonjs/core/scene.js'
import type { WorldPose } from '../../../shared/protocol/pose-sample.ts'
import { keyboardPage, keyboardPlace, strokeOf, typed } from './keyboard-page.ts'
import { Panel } from './panel.ts'
import { ahead } from './panel-facing.ts'
import { PanelPointers } from './panel-pointers.ts'
import type { PanelFrame, PanelTaking } from './wrist-menu.ts'

const none: PanelTaking = { taken: new Set() }

/** A keyboard in the room, for the words of a mark: placed where it was asked for, and staying. */
export class Keyboard {
  readonly #panel: Panel
  readonly #pointers: PanelPointers
  #text = ''
  #answer: ((text: string | undefined) => void) | undefined
  #placed = false

  constructor({ scene }: { scene: Scene }) {
    this.#panel = new Panel(scene, 'keyboard')
    this.#pointers = new PanelPointers(scene, this.#panel)
  }

  get visible(): boolean {
    return this.#panel.page !== undefined
  }

  /** Where its middle is; its own +z looks at the wearer. */
  get pose(): WorldPose {
    return this.#panel.pose
  }

  /** At most 280 characters; undefined where they cancel, or ask anew. */
  ask(): Promise<string | undefined> {
    this.#end(undefined)
    this.#placed = false
    this.#text = ''
    return new Promise((resolve) => {
      this.#answer = resolve
    })
  }

  frame({ head, hands }: PanelFrame): PanelTaking {
    if (!this.#answer) {
      this.#pointers.rest(hands)
      return none
    }
    if (!this.#placed) {
      this.#placed = true
      this.#panel.place(ahead(head, keyboardPlace))
      this.#panel.show(keyboardPage(this.#text))
    }
    const { taken, chosen } = this.#pointers.frame(hands)
    if (chosen !== undefined) this.#press(chosen)
    return { taken }
  }

  dispose(): void {
    this.#end(undefined)
    this.#pointers.dispose()
    this.#panel.dispose()
  }

  #press(cellId: string): void {
    const stroke = strokeOf(cellId)
    if (stroke?.kind === 'enter') this.#end(this.#text.trim())
    else if (stroke?.kind === 'cancel') this.#end(undefined)
    else if (stroke?.kind === 'delete') this.#write([...this.#text].slice(0, -1).join(''))
    else if (stroke?.kind === 'text') this.#write(typed(this.#text, stroke.text))
  }

  #write(text: string): void {
    this.#text = text
    this.#panel.show(keyboardPage(text))
  }

  #end(text: string | undefined): void {
    const answer = this.#answer
    this.#answer = undefined
    this.#panel.show(undefined)
    answer?.(text)
  }
}
