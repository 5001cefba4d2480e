import type { Scene } from '@babylonjs/core/scene.js'
import type { WorldPose } from '../../../shared/protocol/pose-sample.ts'
import type { Side, XrHand } from '../hands/xr-hand.ts'
import type { MenuItem } from './menu-item.ts'
import { Panel } from './panel.ts'
import { ahead } from './panel-facing.ts'
import { backId, closeId, leavesOf, menuPage, moreId } from './panel-menu-page.ts'
import { PanelPointers } from './panel-pointers.ts'
import { wristPlace } from './wrist-menu-place.ts'

export interface PanelFrame {
  readonly head: WorldPose
  readonly hands: readonly XrHand[]
  readonly nowMs: number
}

export interface PanelTaking {
  /** Hands that are on the panel now: their trigger and finger belong to it. */
  readonly taken: ReadonlySet<Side>
}

const none: PanelTaking = { taken: new Set() }
const longPressMs = 500
const tellEveryMs = 1000
/** Arm's length, below the gaze and to be looked down at: not over what is being shown. */
const floating = { distanceM: 0.45, belowDegrees: 24, level: true } as const

/**
 * The menu on the left wrist. It is there while that wrist looks at the head; whoever has one hand
 * only, or none, gets it before them: opened by a long press of B or Y or by the look at the palm,
 * and there until it is closed. One level is shown at a time; a choice runs once.
 */
export class WristMenu {
  readonly #title: string
  readonly #items: () => readonly MenuItem[]
  readonly #facts: () => string
  readonly #panel: Panel
  readonly #pointers: PanelPointers
  /** Ids of the items that lead to the shown level. */
  #path: string[] = []
  #leaf = 0
  #toldAtMs = 0
  #levelItems: readonly MenuItem[] = []
  #floatsAt: WorldPose | undefined
  /** The gesture or press that opened or closed it has to end before it does so again. */
  #armed = true
  #longPress: { sinceMs: number; done: boolean } | undefined

  constructor({
    scene,
    title,
    items,
    facts = () => '',
  }: {
    scene: Scene
    title: string
    items: () => readonly MenuItem[]
    /** A line below the items, asked for anew once a second. */
    facts?: () => string
  }) {
    this.#title = title
    this.#facts = facts
    this.#items = items
    this.#panel = new Panel(scene, 'wrist menu')
    this.#pointers = new PanelPointers(scene, this.#panel)
  }

  get visible(): boolean {
    return this.#panel.page !== undefined
  }

  /** Where its middle is; its own +z looks at the wearer. */
  get pose(): WorldPose {
    return this.#panel.pose
  }

  frame({ head, hands, nowMs }: PanelFrame): PanelTaking {
    const place = this.#place(head, hands, nowMs)
    if (!place) {
      if (this.visible) this.#panel.show(undefined)
      this.#pointers.rest(hands)
      return none
    }
    this.#panel.place(place)
    if (!this.visible || nowMs - this.#toldAtMs >= tellEveryMs) {
      this.#toldAtMs = nowMs
      this.refresh(true)
    }
    const wears = this.#floatsAt ? undefined : 'left'
    const { taken, chosen } = this.#pointers.frame(hands.filter(({ side }) => side !== wears))
    if (chosen !== undefined) this.#choose(chosen)
    return { taken }
  }

  /** Asks for the items again; what is not shown is asked when it is. */
  refresh(show = this.visible): void {
    if (!show) return
    const { items, title } = this.#level()
    this.#levelItems = items
    this.#panel.show(
      menuPage({
        title,
        items,
        sub: this.#path.length > 0,
        canClose: this.#floatsAt !== undefined,
        leaf: this.#leaf,
        facts: this.#facts(),
      }),
    )
  }

  dispose(): void {
    this.#pointers.dispose()
    this.#panel.dispose()
  }

  #place(head: WorldPose, hands: readonly XrHand[], nowMs: number): WorldPose | undefined {
    // one that is out of sight for a moment is there all the same
    const held = hands.filter(({ kind }) => kind !== 'gaze')
    const left = held.find(({ side }) => side === 'left')
    const long = this.#longPressed(hands, nowMs)
    if (held.length > 1) {
      if (long) this.#floatsAt = this.#floatsAt ? undefined : ahead(head, floating)
      return this.#floatsAt ?? wristPlace(left, head, this.visible)
    }
    const only = held[0]
    const shows = only?.kind === 'hand' && wristPlace(only, head, false) !== undefined
    if (!shows) this.#armed = true
    if (long || (shows && this.#armed)) {
      this.#floatsAt = this.#floatsAt ? undefined : ahead(head, floating)
      this.#armed = false
    }
    // gaze and pinch alone has neither a wrist to look at nor a button
    const gazes = held.length === 0 && hands.some(({ kind }) => kind === 'gaze')
    if (gazes && !this.#floatsAt && this.#armed) this.#floatsAt = ahead(head, floating)
    return this.#floatsAt
  }

  #longPressed(hands: readonly XrHand[], nowMs: number): boolean {
    if (!hands.some(({ upper }) => upper)) this.#longPress = undefined
    else this.#longPress ??= { sinceMs: nowMs, done: false }
    const press = this.#longPress
    if (!press || press.done || nowMs - press.sinceMs < longPressMs) return false
    press.done = true
    return true
  }

  /** The shown level, or the nearest one above it that is still there. */
  #level(): { title: string; items: readonly MenuItem[] } {
    let items = this.#items()
    let title = this.#title
    for (const [depth, id] of this.#path.entries()) {
      const parent = items.find((item) => item.id === id)
      if (!parent?.children || parent.disabled) {
        this.#path = this.#path.slice(0, depth)
        this.#leaf = 0
        break
      }
      items = parent.children()
      title = parent.label
    }
    return { title, items }
  }

  #choose(id: string): void {
    const item = this.#levelItems.find((each) => each.id === id)
    if (id === backId) this.#go(this.#path.slice(0, -1))
    else if (id === closeId) this.#close()
    else if (id === moreId) this.#leaf = (this.#leaf + 1) % leavesOf(this.#levelItems.length)
    else if (item?.children) this.#go([...this.#path, id])
    else item?.run?.()
    this.refresh()
  }

  #go(path: string[]): void {
    this.#path = path
    this.#leaf = 0
  }

  #close(): void {
    this.#floatsAt = undefined
    this.#armed = false
    this.#go([])
    this.#panel.show(undefined)
  }
}
