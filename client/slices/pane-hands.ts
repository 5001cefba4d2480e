import type { Vec3 } from '../../shared/geometry/transform.ts'
import { zoomed } from './pane-frame.ts'
import { PaneKeys } from './pane-keys.ts'
import { spaceOf } from './pane-space.ts'
import { dragWindow, moveCrosshair, panPane, turnOblique } from './pane-strokes.ts'
import { PaneTouch } from './pane-touch.ts'
import type { SlicePane } from './slice-pane.ts'
import type { SliceAt, SliceStroke } from './slice-space.ts'
import { heldEnd, sliceTools } from './tools/index.ts'

const handleReachPx = { mouse: 9, touch: 22 }
/** A wheel's notch is one slice; of a touchpad's small steps, so many pixels are. */
const [notchPx, perSlicePx] = [60, 24]
const wheelZoom = 1.0018
/** As long as two presses may take to be one double press. */
const twiceMs = 600

/**
 * Pointers, wheel and keys on one pane: the first press is the tool's or moves the crosshair, the
 * right button sets the window, the middle one or Shift shifts, a wheel goes on by slices.
 */
export class PaneHands {
  readonly #pane: SlicePane
  readonly #listening = new AbortController()
  readonly #down = new Map<number, SliceAt>()
  readonly #keys: PaneKeys
  #stroke: { pointerId: number; stroke: SliceStroke } | undefined
  #touch: PaneTouch | undefined
  #wheeled = 0
  #before: { crosshairMm: Vec3; atMs: number } | undefined

  constructor(pane: SlicePane, onFill: () => void) {
    this.#pane = pane
    this.#keys = new PaneKeys(pane)
    const { signal } = this.#listening
    const { canvas } = pane
    canvas.addEventListener('pointerdown', (event) => this.#press(event), { signal })
    canvas.addEventListener('pointermove', (event) => this.#move(event), { signal })
    canvas.addEventListener('pointerup', (event) => this.#lift(event, 'end'), { signal })
    canvas.addEventListener('pointercancel', (event) => this.#lift(event, 'cancel'), { signal })
    canvas.addEventListener('dblclick', () => this.#twice(onFill), { signal })
    canvas.addEventListener(
      'pointerleave',
      // a finger leaves as soon as it lifts: what it read stays to be seen
      ({ pointerType }) => pointerType !== 'touch' && this.#leave(),
      { signal },
    )
    canvas.addEventListener('blur', () => this.#keys.drop(), { signal })
    canvas.addEventListener('contextmenu', (event) => event.preventDefault(), { signal })
    canvas.addEventListener('wheel', (event) => this.#wheel(event), { signal, passive: false })
    canvas.addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'Escape') this.drop()
        if (this.#keys.press(event)) event.preventDefault()
      },
      { signal },
    )
  }

  /** Breaks off what is being done; nothing of it lasts. */
  drop(): void {
    this.#stroke?.stroke.cancel()
    this.#stroke = undefined
    this.#touch = undefined
    this.#keys.drop()
  }

  dispose(): void {
    this.drop()
    this.#leave()
    this.#listening.abort()
  }

  #press(event: PointerEvent): void {
    const { canvas } = this.#pane
    canvas.setPointerCapture(event.pointerId)
    canvas.focus({ preventScroll: true })
    this.#keys.drop()
    this.#pane.restAt(undefined)
    if (event.timeStamp - (this.#before?.atMs ?? 0) > twiceMs) {
      this.#before = {
        crosshairMm: this.#pane.station.getNow().crosshairMm,
        atMs: event.timeStamp,
      }
    }
    this.#down.set(event.pointerId, at(event))
    if (this.#down.size === 2 && event.pointerType === 'touch') {
      this.drop()
      this.#touch = new PaneTouch(this.#pane, [...this.#down.values()])
    } else if (this.#down.size === 1) {
      const stroke = this.#begin(event)
      if (stroke) this.#stroke = { pointerId: event.pointerId, stroke }
    }
  }

  #begin(event: PointerEvent): SliceStroke | undefined {
    const pane = this.#pane
    const from = at(event)
    if (event.button === 1 || (event.button === 0 && event.shiftKey)) return panPane(pane, from)
    if (event.button === 2) return dragWindow(pane, from)
    if (event.button !== 0) return undefined
    if (this.#onHandle(from, event.pointerType)) return turnOblique(pane, from)
    const { tool } = pane.station.getNow()
    if (tool === 'window') return dragWindow(pane, from)
    const space = spaceOf(pane)
    if (!space) return undefined
    const sliceTool = sliceTools[tool]
    return sliceTool
      ? sliceTool.begin(space, from)
      : (heldEnd(space, from) ?? moveCrosshair(pane, from))
  }

  /** Fills the page with this pane; what the presses moved is put back. */
  #twice(onFill: () => void): void {
    const { station } = this.#pane
    if (sliceTools[station.getNow().tool]) return
    if (this.#before) station.move({ crosshairMm: this.#before.crosshairMm }, 'lasting')
    onFill()
  }

  #onHandle({ x, y }: SliceAt, pointerType: string): boolean {
    const reach = pointerType === 'touch' ? handleReachPx.touch : handleReachPx.mouse
    return this.#pane.handles.some((handle) => Math.hypot(handle.x - x, handle.y - y) <= reach)
  }

  #move(event: PointerEvent): void {
    const to = at(event)
    if (this.#down.has(event.pointerId)) this.#down.set(event.pointerId, to)
    if (this.#touch) this.#touch.move([...this.#down.values()])
    else if (this.#stroke?.pointerId === event.pointerId) this.#stroke.stroke.move(to)
    else if (this.#down.size === 0) this.#hover(to)
  }

  #hover(to: SliceAt): void {
    const pane = this.#pane
    pane.restAt(to)
    pane.canvas.style.cursor = this.#onHandle(to, 'mouse') ? 'grab' : 'crosshair'
    const tool = sliceTools[pane.station.getNow().tool]
    const space = tool?.hover && spaceOf(pane)
    if (space) tool?.hover?.(space, to)
  }

  #lift(event: PointerEvent, how: 'end' | 'cancel'): void {
    this.#down.delete(event.pointerId)
    if (this.#down.size < 2) {
      this.#touch?.end()
      this.#touch = undefined
    }
    if (this.#stroke?.pointerId !== event.pointerId) return
    const { stroke } = this.#stroke
    this.#stroke = undefined
    if (how === 'end') stroke.end(at(event))
    else stroke.cancel()
  }

  #leave(): void {
    if (this.#down.size > 0) return
    const pane = this.#pane
    pane.restAt(undefined)
    const tool = sliceTools[pane.station.getNow().tool]
    const space = tool?.away && spaceOf(pane)
    if (space) tool?.away?.(space)
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault()
    const pane = this.#pane
    const deltaPx =
      event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : 40 * event.deltaY
    if (event.ctrlKey || event.metaKey) {
      if (pane.frame) pane.setLook(zoomed(pane.look, pane.frame, at(event), wheelZoom ** -deltaPx))
      return
    }
    if (Math.abs(deltaPx) >= notchPx) {
      this.#wheeled = 0
      pane.scroll(Math.sign(deltaPx))
      return
    }
    this.#wheeled += deltaPx
    const slices = Math.trunc(this.#wheeled / perSlicePx)
    this.#wheeled -= slices * perSlicePx
    if (slices !== 0) pane.scroll(slices)
  }
}

const at = (event: MouseEvent): SliceAt => ({ x: event.offsetX, y: event.offsetY })
