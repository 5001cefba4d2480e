import { transformPoint, type Vec3 } from '../../shared/geometry/transform.ts'
import type { PaintContext } from './paint-context.ts'
import { SlicePainter, type SliceScene } from './paint-slice.ts'
import type { CornerWords } from './paint-words.ts'
import { type PaneKind, paneAxes } from './pane-axes.ts'
import { PaneCuts } from './pane-cuts.ts'
import { PaneFrame, type PaneLook, type PaneSize, volumeBox, wholeBox } from './pane-frame.ts'
import { PaneReadout } from './pane-readout.ts'
import { labelSources, linesIn, paneScene, segmentsNow } from './pane-scene.ts'
import { type PaneStatus, paneStatus } from './pane-status.ts'
import type { SliceSource } from './slice-source.ts'
import type { SliceAt } from './slice-space.ts'
import type { SliceStation, StationNow } from './slice-station.ts'
import { SliceSteps } from './slice-steps.ts'

const sharpestRatio = 2
/** A pixel of the canvas is one of the screen, where the browser can tell. */
const exactBox: ResizeObserverBoxOptions =
  'devicePixelContentBoxSize' in ResizeObserverEntry.prototype
    ? 'device-pixel-content-box'
    : 'content-box'

/**
 * One pane: a plane through the crosshair, cut from the shown volume, from a prior, or from both,
 * one laid over the other. Knows no page but its canvas.
 */
export class SlicePane {
  readonly kind: PaneKind
  readonly shows: 'shown' | 'prior'
  readonly station: SliceStation
  readonly canvas: HTMLCanvasElement
  readonly readout = new PaneReadout()
  readonly #context: PaintContext
  readonly #painter = new SlicePainter()
  readonly #cuts: PaneCuts
  readonly #listeners = new Set<() => void>()
  readonly #undo: readonly (() => void)[]
  readonly #observer: ResizeObserver
  #look: PaneLook = wholeBox
  #size: PaneSize = { width: 0, height: 0 }
  #ratio = 1
  #frame: PaneFrame | undefined
  #frameKey = ''
  #steps: SliceSteps | undefined
  #cursor: SliceAt | undefined
  #corner: CornerWords | undefined
  #restsAt: SliceAt | undefined
  #status: PaneStatus | undefined
  #statusKey = ''
  #painting = 0
  #volumeId = ''
  #segments: { key: string; list: SliceScene['segments'] } = { key: '', list: [] }

  constructor(parts: {
    kind: PaneKind
    /** The prior's own pane, beside the shown volume's. */
    shows?: 'shown' | 'prior'
    station: SliceStation
    canvas: HTMLCanvasElement
  }) {
    const { kind, shows = 'shown', station, canvas } = parts
    this.kind = kind
    this.shows = shows
    this.station = station
    this.canvas = canvas
    const context = canvas.getContext('2d', { alpha: false })
    if (!context) throw new Error('this browser gives no canvas to paint slices on')
    this.#context = context
    this.#cuts = new PaneCuts(shows === 'prior' ? `${kind} beside` : kind, () => {
      this.#tell(station.getNow())
      this.#paintSoon()
    })
    this.#undo = [station.subscribe(() => this.#update()), station.onBack(() => this.retry())]
    this.#observer = new ResizeObserver(([entry]) => this.#resize(entry?.devicePixelContentBoxSize))
    this.#observer.observe(canvas, { box: exactBox })
    this.#resize()
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Undefined while there is no volume, or no room for it. */
  getStatus = (): PaneStatus | undefined => this.#status

  get frame(): PaneFrame | undefined {
    return this.#frame
  }

  get look(): PaneLook {
    return this.#look
  }

  setLook(look: PaneLook): void {
    this.#look = look
    this.#update()
  }

  /** Where the keyboard points; undefined while it points nowhere. */
  setCursor(at: SliceAt | undefined): void {
    this.#cursor = at
    this.#paintSoon()
  }

  /** What is painted keeps clear of them. */
  setCorner(words: CornerWords): void {
    this.#corner = words
    this.#paintSoon()
  }

  /** On by so many slices, towards the feet, the back, the patient's right; or back. */
  scroll(by: number, how: 'passing' | 'lasting' = 'passing'): void {
    const { crosshairMm } = this.station.getNow()
    if (this.#steps) this.station.move({ crosshairMm: this.#steps.moved(crosshairMm, by) }, how)
  }

  scrollTo(index: number, how: 'passing' | 'lasting' = 'passing'): void {
    const { crosshairMm } = this.station.getNow()
    if (this.#steps)
      this.station.move({ crosshairMm: this.#steps.movedTo(crosshairMm, index) }, how)
  }

  /** The volume whose values this pane reads out and measures. */
  get source(): SliceSource | undefined {
    return this.#sourcesOf(this.station.getNow())[0]
  }

  /** What turns the oblique plane where it is dragged, CSS pixels. */
  get handles(): readonly SliceAt[] {
    if (!this.#frame) return []
    return linesIn(this.kind, this.station.getNow(), this.#frame).flatMap(({ handles }) => handles)
  }

  /** A pointer rests here, and what is under it is read out, whatever comes under it. */
  restAt(at: SliceAt | undefined): void {
    const { source } = this
    this.#restsAt = at
    if (!at) this.readout.clear()
    if (!at || !this.#frame || !source) return
    const { alignment, voxels } = source
    const to = alignment?.thisFromPatient
    this.readout.rest(this.#frame.pointAt(at), {
      manifest: voxels.manifest,
      valueAt: (pointMm: Vec3) => voxels.valueAt(to ? transformPoint(to, pointMm) : pointMm),
    })
  }

  /** A slice that could not be loaded is asked for once more. */
  retry(): void {
    this.#cuts.retry()
  }

  dispose(): void {
    cancelAnimationFrame(this.#painting)
    for (const undo of this.#undo) undo()
    this.#observer.disconnect()
    this.#cuts.dispose()
    this.#listeners.clear()
  }

  /** `exact`: the device pixels that the canvas covers, where the browser tells. */
  #resize(exact?: readonly ResizeObserverSize[]): void {
    const { clientWidth, clientHeight } = this.canvas
    const device = globalThis.devicePixelRatio || 1
    this.#ratio = Math.min(sharpestRatio, device)
    const [told] = device <= sharpestRatio ? (exact ?? []) : []
    const width = told?.inlineSize ?? Math.round(clientWidth * this.#ratio)
    const height = told?.blockSize ?? Math.round(clientHeight * this.#ratio)
    this.#size = { width: width / this.#ratio, height: height / this.#ratio }
    this.canvas.width = Math.max(1, width)
    this.canvas.height = Math.max(1, height)
    this.#update()
    // a canvas of another size is empty: what is painted a frame later would flicker
    this.#paint()
  }

  #sourcesOf({ shown, prior, view }: StationNow): readonly SliceSource[] {
    if (this.shows === 'prior') return prior ? [prior] : []
    if (!shown) return []
    return prior && view.prior?.arrangement === 'blended' ? [shown, prior] : [shown]
  }

  #update(): void {
    const now = this.station.getNow()
    if (now.view.shownVolumeId !== this.#volumeId) {
      this.#volumeId = now.view.shownVolumeId
      this.#cuts.forget()
      this.#look = wholeBox
    }
    const before = this.#frame
    this.#place(now)
    if (this.#frame !== before && this.#restsAt) this.restAt(this.#restsAt)
    if (this.#frame) {
      const { slabMm, projection } = now.slicing
      const segments = this.#segmentsOf(now)
      this.#cuts.ask(this.#sourcesOf(now), {
        frame: this.#frame,
        crosshairMm: now.crosshairMm,
        ratio: this.#ratio,
        slabMm,
        projection,
        labels: labelSources(segments, this.station.parts.voxelsOf),
      })
    }
    this.#tell(now)
    this.#paintSoon()
  }

  /** A new frame only where the plane, the look or the room is another. */
  #place({ volume, slicing, crosshairMm }: StationNow): void {
    const [look, size] = [this.#look, this.#size]
    if (!volume || size.width === 0 || size.height === 0) {
      this.#frame = undefined
      this.#frameKey = ''
      return
    }
    const axes = paneAxes(this.kind, slicing.obliqueRotation)
    const { volumeId } = volume
    const { slabMm, projection } = slicing
    const key = JSON.stringify([volumeId, axes, crosshairMm, look, size, slabMm, projection])
    if (key === this.#frameKey) return
    this.#frameKey = key
    this.#steps = new SliceSteps(volume, axes.onward)
    this.#frame = new PaneFrame({
      axes,
      box: volumeBox(volume),
      throughMm: crosshairMm,
      look,
      size,
      turns: this.kind === 'oblique',
    })
  }

  #paintSoon(): void {
    this.#painting ||= requestAnimationFrame(() => {
      this.#painting = 0
      this.#paint()
    })
  }

  #paint(): void {
    const [frame, steps] = [this.#frame, this.#steps]
    const now = this.station.getNow()
    if (!frame || !steps) {
      this.#context.setTransform(1, 0, 0, 1, 0, 0)
      this.#context.clearRect(0, 0, this.canvas.width, this.canvas.height)
      return
    }
    const scene = paneScene({
      kind: this.kind,
      now,
      frame,
      scale: this.#ratio,
      layers: this.#cuts.layers(now.view.prior?.blend ?? 0),
      segments: this.#segmentsOf(now),
      labelSlices: this.#cuts.labelSlices(),
      reachMm: Math.max(now.slicing.slabMm, steps.mm) / 2,
      cursor: this.#cursor,
    })
    this.#painter.paint(this.#context, { ...scene, corner: this.#corner })
  }

  /** The same list for as long as nothing in it changes. */
  #segmentsOf(now: StationNow): SliceScene['segments'] {
    const list = this.shows === 'shown' ? segmentsNow(now) : []
    const key = JSON.stringify(list)
    if (key !== this.#segments.key) this.#segments = { key, list }
    return this.#segments.list
  }

  #tell(now: StationNow): void {
    const [frame, steps, whole] = [this.#frame, this.#steps, this.#look === wholeBox]
    const status =
      frame && steps
        ? paneStatus({
            oblique: this.kind === 'oblique',
            now,
            frame,
            steps,
            cuts: this.#cuts,
            whole,
          })
        : undefined
    const key = JSON.stringify(status) ?? ''
    if (key === this.#statusKey) return
    this.#statusKey = key
    this.#status = status
    for (const listener of this.#listeners) listener()
  }
}
