import type { PointerAt, StageSpace } from '../scene/stage-space.ts'
import { radiansPerPixel } from './orbit.ts'
import type { Stroke, Tool } from './tool.ts'
import { stepPx } from './window-step.ts'

const bigStepPx = 48
const arrows: Record<string, readonly [dx: number, dy: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/**
 * The canvas by keyboard: arrows do what a drag does, or move a pointer that Enter presses and
 * releases; with Alt they move one's own camera. Shift makes bigger steps, + and − come and go.
 */
export class Keys {
  readonly #space: StageSpace
  readonly #tool: () => Tool
  #pointer: PointerAt | undefined
  #pressed: Stroke | undefined

  constructor(space: StageSpace, tool: () => Tool) {
    this.#space = space
    this.#tool = tool
  }

  /** True where the key meant something. */
  press(
    event: Pick<KeyboardEvent, 'key' | 'altKey' | 'shiftKey' | 'ctrlKey' | 'metaKey'>,
  ): boolean {
    if (event.ctrlKey || event.metaKey) return false
    const towards = arrows[event.key]
    const step = event.shiftKey ? bigStepPx : stepPx
    if (towards) this.#arrow(towards[0] * step, towards[1] * step, event.altKey)
    else if (event.key === '+' || event.key === '=') this.#space.camera.dolly(1 / 1.1)
    else if (event.key === '-') this.#space.camera.dolly(1.1)
    else if (event.key === 'Enter') this.#enter()
    else return false
    return true
  }

  /** Another tool, a pointer of flesh, or keys that go elsewhere: what was begun is dropped. */
  drop(): void {
    this.#pressed?.cancel()
    this.#pressed = undefined
    this.#pointer = undefined
    this.#space.showCursor(undefined)
  }

  #arrow(dx: number, dy: number, camera: boolean): void {
    const tool = this.#tool()
    const from = this.#pointer ?? this.#middle()
    const to = { x: from.x + dx, y: from.y + dy }
    if (camera) this.#space.camera.orbit(-dx * radiansPerPixel, -dy * radiansPerPixel)
    else if (tool.drags) tool.begin(this.#space, from)?.end(to)
    else this.#travel(tool, this.#within(to))
  }

  #travel(tool: Tool, to: PointerAt): void {
    this.#pointTo(to)
    if (this.#pressed) this.#pressed.move(to)
    else tool.hover?.(this.#space, to)
    this.#space.probe(this.#space.firstVisible(this.#space.patientRay(to.x, to.y)))
  }

  #enter(): void {
    const at = this.#pointer ?? this.#middle()
    const tool = this.#tool()
    if (!tool.drags) this.#pointTo(at)
    const begun = this.#pressed
    const stroke = begun ?? tool.begin(this.#space, at)
    // an arrow is dragged: it begins at one press and ends at the next
    const stays = begun || tool.id !== 'arrow' ? stroke?.onward?.(at) : stroke
    this.#pressed = stays
    if (!stays) stroke?.end(at)
  }

  #pointTo(at: PointerAt): void {
    this.#pointer = at
    this.#space.showCursor(at)
  }

  #middle(): PointerAt {
    const { width, height } = this.#space.viewport()
    return { x: width / 2, y: height / 2 }
  }

  /** A pointer that has left the pane could not be seen to come back. */
  #within({ x, y }: PointerAt): PointerAt {
    const { width, height } = this.#space.viewport()
    return { x: Math.min(width, Math.max(0, x)), y: Math.min(height, Math.max(0, y)) }
  }
}
