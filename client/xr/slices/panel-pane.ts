import type { Vec3 } from '../../../shared/geometry/transform.ts'
import type { PaintContext } from '../../slices/paint-context.ts'
import { SlicePainter, type SliceScene } from '../../slices/paint-slice.ts'
import { type PaneKind, paneAxes } from '../../slices/pane-axes.ts'
import { PaneCuts } from '../../slices/pane-cuts.ts'
import { PaneFrame, type PaneSize, volumeBox, wholeBox } from '../../slices/pane-frame.ts'
import { labelSources, paneScene, segmentsNow } from '../../slices/pane-scene.ts'
import { type PaneStatus, paneStatus } from '../../slices/pane-status.ts'
import type { SliceSpace } from '../../slices/slice-space.ts'
import type { SliceStation, StationNow } from '../../slices/slice-station.ts'
import { SliceSteps } from '../../slices/slice-steps.ts'

interface Placed {
  readonly key: string
  readonly frame: PaneFrame
  readonly steps: SliceSteps
}

/**
 * One of the station's slices for a panel in the room: as `SlicePane` is for a page's canvas, but
 * painted when its panel asks, since a page whose person wears a headset gets no frames of its own.
 */
export class PanelPane {
  readonly kind: PaneKind
  readonly #station: SliceStation
  readonly #size: PaneSize
  readonly #ratio: number
  readonly #onChange: () => void
  readonly #painter = new SlicePainter()
  readonly #cuts: PaneCuts
  readonly #undo: readonly (() => void)[]
  #placed: Placed | undefined
  #volumeId = ''
  #painted: readonly unknown[] = []

  /** `ratio`: canvas pixels for each of the pane's. */
  constructor(parts: {
    kind: PaneKind
    station: SliceStation
    size: PaneSize
    ratio: number
    onChange: () => void
  }) {
    const { kind, station, size, ratio, onChange } = parts
    this.kind = kind
    this.#station = station
    this.#size = size
    this.#ratio = ratio
    this.#onChange = onChange
    this.#cuts = new PaneCuts(`${kind} in the room`, onChange)
    this.#undo = [station.subscribe(() => this.#update()), station.onBack(() => this.#cuts.retry())]
    this.#update()
  }

  /** Undefined while there is no volume. */
  get frame(): PaneFrame | undefined {
    return this.#placed?.frame
  }

  get status(): PaneStatus | undefined {
    const now = this.#station.getNow()
    if (!this.#placed) return undefined
    const { frame, steps } = this.#placed
    const [oblique, cuts] = [this.kind === 'oblique', this.#cuts]
    return paneStatus({ oblique, now, frame, steps, cuts, whole: true })
  }

  /** On by so many slices, towards the feet, the back, the patient's right; or back. */
  scroll(by: number, how: 'passing' | 'lasting'): void {
    this.#go((steps, from) => steps.moved(from, by), how)
  }

  scrollTo(index: number, how: 'passing' | 'lasting'): void {
    this.#go((steps, from) => steps.movedTo(from, index), how)
  }

  /** What a tool sees of it; undefined while there is nothing to see. */
  space(): SliceSpace | undefined {
    const { volume, shown } = this.#station.getNow()
    const first = this.frame
    if (!volume || !shown || !first) return undefined
    const { session, say, askForText, showLaser } = this.#station.parts
    const frame = () => this.frame ?? first
    return {
      session,
      volume,
      plane: () => frame().plane(),
      pointAt: (at) => frame().pointAt(at),
      region: (outlineMm) => shown.voxels.region(outlineMm),
      valueAt: (pointMm) => shown.voxels.valueAt(pointMm),
      preview: (mark) => this.#station.setPreview(mark),
      showLaser,
      askForText,
      notice: say,
    }
  }

  /** The context's first pixels are the pane's; beyond its size something may be painted too. */
  paint(context: PaintContext): void {
    const now = this.#station.getNow()
    if (!this.#placed) return
    const { frame, steps } = this.#placed
    const scene = paneScene({
      kind: this.kind,
      now,
      frame,
      scale: this.#ratio,
      layers: this.#cuts.layers(now.view.prior?.blend ?? 0),
      segments: segmentsNow(now),
      labelSlices: this.#cuts.labelSlices(),
      reachMm: Math.max(now.slicing.slabMm, steps.mm) / 2,
      cursor: undefined,
    })
    this.#painter.paint(context, scene)
  }

  dispose(): void {
    for (const undo of this.#undo) undo()
    this.#cuts.dispose()
  }

  #go(to: (steps: SliceSteps, from: Vec3) => Vec3, how: 'passing' | 'lasting'): void {
    if (!this.#placed) return
    const { crosshairMm } = this.#station.getNow()
    this.#station.move({ crosshairMm: to(this.#placed.steps, crosshairMm) }, how)
  }

  #update(): void {
    const now = this.#station.getNow()
    if (now.view.shownVolumeId !== this.#volumeId) {
      this.#volumeId = now.view.shownVolumeId
      this.#cuts.forget()
    }
    this.#placed = this.#place(now)
    if (this.#placed) this.#ask(now, this.#placed.frame, segmentsNow(now))
    const { view, slicing, window, preview, lasers, shown, prior } = now
    const volumes = [shown?.voxels, prior?.voxels]
    const painted = [view, slicing, window, preview, ...volumes, JSON.stringify(lasers)]
    // others who move their heads are samples too, and nothing on a slice
    if (painted.every((part, n) => part === this.#painted[n])) return
    this.#painted = painted
    this.#onChange()
  }

  #ask(now: StationNow, frame: PaneFrame, segments: SliceScene['segments']): void {
    const { shown, prior, view, crosshairMm, slicing } = now
    const blended = prior && view.prior?.arrangement === 'blended' ? [prior] : []
    const { slabMm, projection } = slicing
    this.#cuts.ask(shown ? [shown, ...blended] : [], {
      frame,
      crosshairMm,
      ratio: this.#ratio,
      slabMm,
      projection,
      labels: labelSources(segments, this.#station.parts.voxelsOf),
    })
  }

  /** A new frame only where the plane is another. */
  #place({ volume, slicing, crosshairMm }: StationNow): Placed | undefined {
    if (!volume) return undefined
    const axes = paneAxes(this.kind, slicing.obliqueRotation)
    const { slabMm, projection } = slicing
    const key = JSON.stringify([volume.volumeId, axes, crosshairMm, slabMm, projection])
    if (key === this.#placed?.key) return this.#placed
    const frame = new PaneFrame({
      axes,
      box: volumeBox(volume),
      throughMm: crosshairMm,
      look: wholeBox,
      size: this.#size,
      turns: this.kind === 'oblique',
    })
    return { key, frame, steps: new SliceSteps(volume, axes.onward) }
  }
}
