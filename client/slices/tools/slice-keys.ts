import type { SliceAt, SliceSpace, SliceTool } from '../slice-space.ts'
import { breakOff } from './going-on.ts'

const stepPx = 4
const bigStepPx = 32
const arrows: Record<string, readonly [dx: number, dy: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** What the keys of a pane act on. */
export interface KeyedPane {
  readonly space: SliceSpace
  /** The active one, where it is of use on slices. */
  tool(): SliceTool | undefined
  size(): { readonly width: number; readonly height: number }
  /** Where the keyboard's pointer is, pixels of the pane; undefined while it points nowhere. */
  showCursor(at: SliceAt | undefined): void
}

/**
 * Marking a slice by keyboard: arrows move a pointer, Shift makes bigger steps, Enter presses and
 * releases, Escape drops what is begun.
 */
export class SliceKeys {
  readonly #pane: KeyedPane
  #pointer: SliceAt | undefined

  constructor(pane: KeyedPane) {
    this.#pane = pane
  }

  /** True where the key meant something. */
  press(
    event: Pick<KeyboardEvent, 'key' | 'altKey' | 'shiftKey' | 'ctrlKey' | 'metaKey'>,
  ): boolean {
    const tool = this.#pane.tool()
    if (!tool || event.ctrlKey || event.metaKey || event.altKey) return false
    const towards = arrows[event.key]
    if (towards) this.#travel(tool, towards, event.shiftKey ? bigStepPx : stepPx)
    else if (event.key === 'Enter') this.#enter(tool)
    else return event.key === 'Escape' && breakOff(this.#pane.space.session)
    return true
  }

  /** Another tool, a pointer of flesh, or keys that go elsewhere. */
  drop(): void {
    if (!this.#pointer) return
    this.#pointer = undefined
    this.#pane.showCursor(undefined)
    this.#pane.tool()?.away?.(this.#pane.space)
  }

  #travel(tool: SliceTool, [dx, dy]: readonly [number, number], step: number): void {
    const { width, height } = this.#pane.size()
    const { x, y } = this.#pointer ?? this.#middle()
    const to = {
      x: Math.min(width, Math.max(0, x + dx * step)),
      y: Math.min(height, Math.max(0, y + dy * step)),
    }
    this.#pointTo(to)
    tool.hover?.(this.#pane.space, to)
  }

  #enter(tool: SliceTool): void {
    const at = this.#pointer ?? this.#middle()
    this.#pointTo(at)
    tool.begin(this.#pane.space, at)?.end(at)
  }

  #pointTo(at: SliceAt): void {
    this.#pointer = at
    this.#pane.showCursor(at)
  }

  #middle(): SliceAt {
    const { width, height } = this.#pane.size()
    return { x: width / 2, y: height / 2 }
  }
}
