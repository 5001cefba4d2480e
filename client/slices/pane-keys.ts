import { wholeBox, zoomed } from './pane-frame.ts'
import { spaceOf } from './pane-space.ts'
import { dragWindow } from './pane-strokes.ts'
import type { SlicePane } from './slice-pane.ts'
import type { SliceAt } from './slice-space.ts'
import { SliceKeys, sliceTools } from './tools/index.ts'

const windowStepPx = 12
const manySlices = 10
const arrows: Record<string, readonly [dx: number, dy: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

type Key = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>

/**
 * One pane by keys: up and down, Page Up and Page Down go through the slices, + and − come and go,
 * R shows the whole again. With a tool that marks, arrows move a pointer that Enter presses; with
 * Window they drag.
 */
export class PaneKeys {
  readonly #pane: SlicePane
  #marking: SliceKeys | undefined

  constructor(pane: SlicePane) {
    this.#pane = pane
  }

  /** True where the key meant something. */
  press(event: Key): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey) return false
    return this.#marks(event) || this.#arrow(event) || this.#goes(event)
  }

  /** Another tool, a pointer of flesh, or keys that go elsewhere: what was begun is dropped. */
  drop(): void {
    this.#marking?.drop()
    this.#marking = undefined
  }

  #marks(event: Key): boolean {
    const pane = this.#pane
    const space = spaceOf(pane)
    if (!space || !sliceTools[pane.station.getNow().tool]) return false
    this.#marking ??= new SliceKeys({
      space,
      tool: () => sliceTools[pane.station.getNow().tool],
      size: () => pane.frame?.size ?? { width: 0, height: 0 },
      showCursor: (at) => {
        pane.setCursor(at)
        if (at) pane.restAt(at)
      },
    })
    return this.#marking.press(event)
  }

  #arrow({ key, shiftKey }: Key): boolean {
    const [dx, dy] = arrows[key] ?? [0, 0]
    const pane = this.#pane
    if (pane.station.getNow().tool === 'window' && (dx !== 0 || dy !== 0)) {
      const { x, y } = this.#middle()
      const step = windowStepPx * (shiftKey ? 4 : 1)
      dragWindow(pane, { x, y })?.end({ x: x + dx * step, y: y + dy * step })
      return true
    }
    if (dy !== 0) pane.scroll(dy * (shiftKey ? manySlices : 1))
    return dy !== 0
  }

  #goes({ key, shiftKey }: Key): boolean {
    const pane = this.#pane
    switch (key) {
      case 'PageDown':
        pane.scroll(shiftKey ? manySlices : 1)
        return true
      case 'PageUp':
        pane.scroll(shiftKey ? -manySlices : -1)
        return true
      case 'Home':
        pane.scrollTo(0)
        return true
      case 'End':
        pane.scrollTo(Number.POSITIVE_INFINITY)
        return true
      case '+':
      case '=':
        this.#zoom(1.2)
        return true
      case '-':
        this.#zoom(1 / 1.2)
        return true
      case 'r':
        pane.setLook(wholeBox)
        return true
      default:
        return false
    }
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
