import { transformPoint, type Vec3 } from '../../shared/geometry/transform.ts'
import type { Slice } from '../voxels/voxels.ts'
import type { PaintContext } from './paint-context.ts'
import { crosshairLines } from './paint-crosshair.ts'
import { SlicePainter, type SliceScene } from './paint-slice.ts'
import { sideLetters } from './paint-words.ts'
import { type PaneKind, paneAxes } from './pane-axes.ts'
import { PaneFrame, type PaneLook, type PaneSize, volumeBox, wholeBox } from './pane-frame.ts'
import { PaneReadout } from './pane-readout.ts'
import { offsetWords } from './patient-words.ts'
import { SliceFeed } from './slice-feed.ts'
import { marksOn, type SliceMark } from './slice-marks.ts'
import { slicePlanes } from './slice-planes.ts'
import { carried, type SliceSource } from './slice-source.ts'
import type { SliceAt } from './slice-space.ts'
import type { SliceStation, StationNow } from './slice-station.ts'
import { SliceSteps } from './slice-steps.ts'
import { marksShown, previewOf } from './tools/index.ts'

/** Of a plane that moves, so that it follows; of a thick one, which is many; of one that rests. */
const samples = { moving: 300_000, movingSlab: 70_000, resting: 2_400_000 }
const restMs = 140
const sharpestRatio = 2

/** What a pane says of itself. */
export interface PaneStatus {
  readonly state: 'empty' | 'loading' | 'coarse' | 'sharp'
  /** Where the slice lies: "H 23.4 mm"; of the oblique one, from the middle of the volume. */
  readonly place: string
  readonly index: number
  readonly count: number
  readonly letters: ReturnType<typeof sideLetters>
  readonly whole: boolean
}

/** Where a layer's slice came from and how it lies in the shown volume's patient space. */
interface Cut {
  readonly voxels: SliceSource['voxels']
  readonly slice: Slice
}

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
  readonly #listeners = new Set<() => void>()
  readonly #unsubscribe: () => void
  readonly #observer: ResizeObserver
  readonly #feeds: SliceFeed[] = []
  #cuts: (Cut | undefined)[] = []
  #look: PaneLook = wholeBox
  #size: PaneSize = { width: 0, height: 0 }
  #ratio = 1
  #frame: PaneFrame | undefined
  #frameKey = ''
  #steps: SliceSteps | undefined
  #cursor: SliceAt | undefined
  #status: PaneStatus | undefined
  #painting = 0
  #moving = false
  #resting: ReturnType<typeof setTimeout> | undefined
  #volumeId = ''
  #segments: { key: string; list: SliceScene['segments'] } = { key: '', list: [] }

  constructor(parts: {
    kind: PaneKind
    /** The prior's own pane, beside the shown volume's. */
    shows?: 'shown' | 'prior'
    station: SliceStation
    canvas: HTMLCanvasElement
  }) {
    this.kind = parts.kind
    this.shows = parts.shows ?? 'shown'
    this.station = parts.station
    this.canvas = parts.canvas
    const context = parts.canvas.getContext('2d', { alpha: false })
    if (!context) throw new Error('this browser gives no canvas to paint slices on')
    this.#context = context
    this.#unsubscribe = parts.station.subscribe(() => this.#update())
    this.#observer = new ResizeObserver(() => this.#resize())
    this.#observer.observe(parts.canvas)
    this.#resize()
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  getStatus = (): PaneStatus | undefined => this.#status

  /** Undefined while there is no volume, or no room for it. */
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
  get cursor(): SliceAt | undefined {
    return this.#cursor
  }

  setCursor(at: SliceAt | undefined): void {
    this.#cursor = at
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

  /** A pointer rests here. */
  restAt(at: SliceAt): void {
    const { source } = this
    if (!this.#frame || !source) return
    const { alignment, voxels } = source
    const valueAt = (pointMm: Vec3) =>
      voxels.valueAt(carriedPoint(pointMm, alignment?.thisFromPatient))
    this.readout.rest(this.#frame.pointAt(at), { manifest: voxels.manifest, valueAt })
  }

  dispose(): void {
    clearTimeout(this.#resting)
    cancelAnimationFrame(this.#painting)
    this.#unsubscribe()
    this.#observer.disconnect()
    for (const feed of this.#feeds) feed.dispose()
    this.#listeners.clear()
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.canvas
    this.#size = { width, height }
    this.#ratio = Math.min(sharpestRatio, globalThis.devicePixelRatio || 1)
    this.canvas.width = Math.max(1, Math.round(width * this.#ratio))
    this.canvas.height = Math.max(1, Math.round(height * this.#ratio))
    this.#update()
  }

  #sourcesOf({ shown, prior, view }: StationNow): readonly SliceSource[] {
    if (this.shows === 'prior') return prior ? [prior] : []
    if (!shown) return []
    return prior && view.prior?.arrangement === 'blended' ? [shown, prior] : [shown]
  }

  #update(): void {
    const now = this.station.getNow()
    const { volume, slicing, crosshairMm } = now
    if (now.view.shownVolumeId !== this.#volumeId) {
      this.#volumeId = now.view.shownVolumeId
      this.#cuts = []
      this.#look = wholeBox
    }
    if (!volume || this.#size.width === 0 || this.#size.height === 0) {
      this.#frame = undefined
      this.#tell(now)
      return
    }
    const axes = paneAxes(this.kind, slicing.obliqueRotation)
    const key = JSON.stringify([
      volume.volumeId,
      axes,
      crosshairMm,
      this.#look,
      this.#size,
      slicing.slabMm,
      slicing.projection,
    ])
    if (key !== this.#frameKey) {
      this.#frameKey = key
      this.#frame = new PaneFrame({
        axes,
        box: volumeBox(volume),
        throughMm: crosshairMm,
        look: this.#look,
        size: this.#size,
        turns: this.kind === 'oblique',
      })
      this.#steps = new SliceSteps(volume, axes.onward)
      this.#moves()
    }
    this.#ask(now)
    this.#tell(now)
    this.#paintSoon()
  }

  #moves(): void {
    this.#moving = true
    clearTimeout(this.#resting)
    this.#resting = setTimeout(() => {
      this.#moving = false
      this.#ask(this.station.getNow())
    }, restMs)
  }

  #ask(now: StationNow): void {
    const frame = this.#frame
    if (!frame) return
    const { slabMm, projection } = now.slicing
    const area = this.#size.width * this.#size.height
    const moving = slabMm > 0 ? samples.movingSlab : samples.moving
    const most = Math.sqrt((this.#moving ? moving : samples.resting) / area)
    const plane = frame.plane(Math.min(this.#ratio, most))
    const labelIds = this.#segmentsOf(now).map(({ labelId }) => labelId)
    this.#sourcesOf(now).forEach(({ voxels, alignment }, n) => {
      this.#feeds[n] ??= new SliceFeed((slice) => this.#take(n, slice))
      this.#feeds[n].ask(voxels, {
        ...carried(plane, alignment?.thisFromPatient),
        slabMm,
        projection,
        pane: `${this.kind}${this.shows === 'prior' ? ' beside' : ''}`,
        ...(n === 0 && labelIds.length > 0 && this.shows === 'shown' && { labelIds }),
      })
      if (n === 0) voxels.lookAt(carriedPoint(now.crosshairMm, alignment?.thisFromPatient))
    })
  }

  #take(n: number, slice: Slice): void {
    const now = this.station.getNow()
    const source = this.#sourcesOf(now)[n]
    if (!source) return
    const back = source.alignment?.patientFromThis
    this.#cuts[n] = { voxels: source.voxels, slice: carried(slice, back) }
    this.#tell(now)
    this.#paintSoon()
  }

  #paintSoon(): void {
    this.#painting ||= requestAnimationFrame(() => {
      this.#painting = 0
      this.#paint()
    })
  }

  #paint(): void {
    const frame = this.#frame
    if (!frame) {
      this.#context.setTransform(1, 0, 0, 1, 0, 0)
      this.#context.clearRect(0, 0, this.canvas.width, this.canvas.height)
      return
    }
    this.#painter.paint(this.#context, this.#sceneOf(frame))
  }

  #sceneOf(frame: PaneFrame): SliceScene {
    const now = this.station.getNow()
    const { view, volume, slicing } = now
    const sources = this.#sourcesOf(now)
    const planes = volume
      ? slicePlanes({ slicing: { ...slicing, crosshairMm: now.crosshairMm } }, volume)
      : []
    const layers = sources.flatMap(({ voxels, window, map }, n) => {
      const cut = this.#cuts[n]
      const share = n === 0 ? 1 : (view.prior?.blend ?? 0)
      return cut?.voxels === voxels ? [{ slice: cut.slice, window, map, share }] : []
    })
    return {
      frame,
      scale: this.#ratio,
      layers,
      segments: this.shows === 'shown' ? this.#segmentsOf(now) : [],
      crosshair: crosshairLines(this.kind, frame, planes, slicing.slabMm),
      marks: marksOn(frame, this.reachMm, this.#marksOf(now)),
      cursor: this.#cursor,
    }
  }

  /** What turns the oblique plane where it is dragged, CSS pixels. */
  get handles(): readonly SliceAt[] {
    const now = this.station.getNow()
    if (!this.#frame || !now.volume) return []
    const slicing = { ...now.slicing, crosshairMm: now.crosshairMm }
    const planes = slicePlanes({ slicing }, now.volume)
    return crosshairLines(this.kind, this.#frame, planes, 0).flatMap(({ handles }) => handles)
  }

  /** From the plane: what lies within is on the slice. */
  get reachMm(): number {
    const { slabMm } = this.station.getNow().slicing
    return Math.max(slabMm / 2, (this.#steps?.mm ?? 0) / 2)
  }

  #marksOf({ view, preview, lasers }: StationNow): SliceMark[] {
    const drawn = preview ? [...view.annotations, previewOf(preview, view)] : view.annotations
    const pointers = lasers.map(({ colour, initials, endMm }): SliceMark => {
      return { kind: 'point', pointsMm: [endMm], colour, text: initials }
    })
    return [...marksShown(drawn, view.shownVolumeId), ...pointers]
  }

  #segmentsOf({ view, volume }: StationNow): SliceScene['segments'] {
    const list = view.segments.flatMap(({ volumeId, labelId, visible, opacity }) => {
      const label = volume?.labels?.find((one) => one.labelId === labelId)
      if (!visible || volumeId !== volume?.volumeId || !label) return []
      return [{ labelId, colour: label.colour, opacity }]
    })
    const key = JSON.stringify(list)
    if (key !== this.#segments.key) this.#segments = { key, list }
    return this.#segments.list
  }

  #tell(now: StationNow): void {
    const status = this.#statusOf(now)
    if (JSON.stringify(status) === JSON.stringify(this.#status)) return
    this.#status = status
    for (const listener of this.#listeners) listener()
  }

  #statusOf(now: StationNow): PaneStatus | undefined {
    const [frame, steps] = [this.#frame, this.#steps]
    if (!frame || !steps || !now.volume) return undefined
    const { centreMm } = volumeBox(now.volume)
    const { onward } = frame.axes
    const from = this.kind === 'oblique' ? centreMm : ([0, 0, 0] as const)
    const along = (axis: 0 | 1 | 2) => onward[axis] * (now.crosshairMm[axis] - from[axis])
    return {
      state: this.#stateOf(now, frame, steps),
      place: offsetWords(onward, along(0) + along(1) + along(2)),
      index: steps.indexOf(now.crosshairMm),
      count: steps.count,
      letters: sideLetters(frame),
      whole: this.#look === wholeBox,
    }
  }

  #stateOf(now: StationNow, frame: PaneFrame, steps: SliceSteps): PaneStatus['state'] {
    const sources = this.#sourcesOf(now)
    if (sources.length === 0) return 'empty'
    const cuts = sources.map(({ voxels }, n) =>
      this.#cuts[n]?.voxels === voxels ? this.#cuts[n].slice : undefined,
    )
    // a slice of elsewhere may still be on screen, and is not the one that is named
    const here = (slice: Slice | undefined) =>
      slice !== undefined && Math.abs(frame.depthOf(slice.originMm)) < steps.mm / 2
    if (!cuts.every(here)) return 'loading'
    return cuts.every((slice) => slice?.sharp) ? 'sharp' : 'coarse'
  }
}

const carriedPoint = (
  pointMm: Vec3,
  to: NonNullable<SliceSource['alignment']>['thisFromPatient'] | undefined,
): Vec3 => (to ? transformPoint(to, pointMm) : pointMm)
