import { wholeBox, zoomed } from './pane-frame.ts'
import { spaceOf } from './pane-space.ts'
import { dragWindow } from './pane-strokes.ts'
import type { SlicePane } from './slice-pane.ts'
import type { SliceAt, SliceStroke } from './slice-space.ts'

const stepPx = 12
const bigStepPx = 48
const manySlices = 10
const arrows: Record<string, readonly [dx: number, dy: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/**
 * One pane by keys: up and down, Page Up and Page Down go through the slices, + and − come and go,
 * R shows the whole again. With a tool that marks, arrows move a pointer that Enter presses and
 * lifts; with Window they drag.
 */
export class PaneKeys {
  readonly #pane: SlicePane
  #pressed: SliceStroke | undefined

  constructor(pane: SlicePane) {
    this.#pane = pane
  }

  /** True where the key meant something. */
  press(
    event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  ): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey) return false
    const pane = this.#pane
    const towards = arrows[event.key]
    if (towards) return this.#arrow(towards, event.shiftKey)
    switch (event.key) {
      case 'PageDown':
      case 'PageUp':
        pane.scroll((event.key === 'PageDown' ? 1 : -1) * (event.shiftKey ? manySlices : 1))
        return true
      case 'Home':
        pane.scrollTo(0)
        return true
      case 'End':
        pane.scrollTo(Number.POSITIVE_INFINITY)
        return true
      case '+':
      case '=':
      case '-':
        this.#zoom(event.key === '-' ? 1 / 1.2 : 1.2)
        return true
      case 'r':
        pane.setLook(wholeBox)
        return true
      case 'Enter':
        return this.#enter()
      default:
        return false
    }
  }

  /** Another tool, a pointer of flesh, or keys that go elsewhere: what was begun is dropped. */
  drop(): void {
    this.#pressed?.cancel()
    this.#pressed = undefined
    if (this.#pane.cursor) this.#pane.setCursor(undefined)
  }

  #arrow([dx, dy]: readonly [number, number], far: boolean): boolean {
    const pane = this.#pane
    const { tool } = pane.station.getNow()
    const step = far ? bigStepPx : stepPx
    const middle = this.#middle()
    if (tool === 'window') {
      dragWindow(pane, middle)?.end({ x: middle.x + dx * step, y: middle.y + dy * step })
      return true
    }
    if (!pane.station.parts.toolOf(tool)) {
      if (dy !== 0) pane.scroll(dy * (far ? manySlices : 1))
      return dy !== 0
    }
    this.#travel(dx * step, dy * step)
    return true
  }

  #travel(dx: number, dy: number): void {
    const pane = this.#pane
    const from = pane.cursor ?? this.#middle()
    const { width, height } = pane.frame?.size ?? { width: 0, height: 0 }
    const to = {
      x: Math.min(width, Math.max(0, from.x + dx)),
      y: Math.min(height, Math.max(0, from.y + dy)),
    }
    pane.setCursor(to)
    pane.restAt(to)
    if (this.#pressed) return this.#pressed.move(to)
    const tool = pane.station.parts.toolOf(pane.station.getNow().tool)
    const space = tool?.hover && spaceOf(pane)
    if (space) tool?.hover?.(space, to)
  }

  #enter(): boolean {
    const pane = this.#pane
    const tool = pane.station.parts.toolOf(pane.station.getNow().tool)
    const space = tool && spaceOf(pane)
    if (!space) return false
    const at = pane.cursor ?? this.#middle()
    pane.setCursor(at)
    if (this.#pressed) {
      const ended = this.#pressed
      this.#pressed = undefined
      ended.end(at)
    } else this.#pressed = tool.begin(space, at)
    return true
  }

  #zoom(factor: number): void {
    const pane = this.#pane
    if (pane.frame) pane.setLook(zoomed(pane.look, pane.frame, this.#middle(), factor))
  }

  #middle(): SliceAt {
    const { width, height } = this.#pane.frame?.size ?? { width: 0, height: 0 }
    return { x: width / 2, y: height / 2 }
  }
}
