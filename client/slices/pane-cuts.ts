import { transformPoint, type Vec3 } from '../../shared/geometry/transform.ts'
import type { Slab } from '../../shared/volume/slice.ts'
import type { Slice, Voxels } from '../voxels/voxels.ts'
import type { PaintedLayer } from './paint-slice.ts'
import type { PaneFrame } from './pane-frame.ts'
import { SliceFeed } from './slice-feed.ts'
import { carried, type SliceSource } from './slice-source.ts'

/** Of a plane that moves, so that it follows; of a thick one, which is many; of one that rests. */
const samples = { moving: 300_000, movingSlab: 70_000, resting: 2_400_000 }
const restMs = 140

export type CutState = 'empty' | 'loading' | 'coarse' | 'sharp'

export interface CutRequest extends Pick<Slab, 'slabMm' | 'projection'> {
  readonly frame: PaneFrame
  readonly crosshairMm: Vec3
  /** Canvas pixels for each CSS pixel. */
  readonly ratio: number
  /** Of the first source. */
  readonly labelIds: readonly string[]
}

/** The slices that one pane shows, of one volume or two: fewer samples while the plane moves. */
export class PaneCuts {
  readonly #pane: string
  readonly #onChange: () => void
  readonly #feeds: SliceFeed[] = []
  #sources: readonly SliceSource[] = []
  #cuts: ({ voxels: Voxels; slice: Slice } | undefined)[] = []
  #request: CutRequest | undefined
  #resting: ReturnType<typeof setTimeout> | undefined
  #moving = false

  /** `pane`: whose slices these are, as `Voxels` tells requests apart. */
  constructor(pane: string, onChange: () => void) {
    this.#pane = pane
    this.#onChange = onChange
  }

  ask(sources: readonly SliceSource[], request: CutRequest): void {
    if (request.frame !== this.#request?.frame) {
      this.#moving = true
      clearTimeout(this.#resting)
      this.#resting = setTimeout(() => {
        this.#moving = false
        this.#send()
      }, restMs)
    }
    this.#sources = sources
    this.#request = request
    this.#send()
  }

  /** None of what was cut is of use any more. */
  forget(): void {
    this.#cuts = []
    for (const feed of this.#feeds) feed.dispose()
    this.#feeds.length = 0
  }

  /** `share`: of the second over the first. */
  layers(share: number): PaintedLayer[] {
    return this.#sources.flatMap(({ voxels, window, map, alignment }, n) => {
      const cut = this.#cuts[n]
      if (cut?.voxels !== voxels) return []
      const slice = carried(cut.slice, alignment?.patientFromThis)
      return [{ slice, window, map, share: n === 0 ? 1 : share }]
    })
  }

  /** A slice of elsewhere may still be on screen, and is not the one that is named: `loading`. */
  state(frame: PaneFrame, stepMm: number): CutState {
    if (this.#sources.length === 0) return 'empty'
    const layers = this.layers(1)
    const here = layers.filter(({ slice }) => Math.abs(frame.depthOf(slice.originMm)) < stepMm / 2)
    if (here.length < this.#sources.length) return 'loading'
    return layers.every(({ slice }) => slice.sharp) ? 'sharp' : 'coarse'
  }

  dispose(): void {
    clearTimeout(this.#resting)
    for (const feed of this.#feeds) feed.dispose()
  }

  #send(): void {
    const request = this.#request
    if (!request) return
    const { frame, slabMm, projection, labelIds, crosshairMm } = request
    const { width, height } = frame.size
    const moving = slabMm > 0 ? samples.movingSlab : samples.moving
    const most = Math.sqrt((this.#moving ? moving : samples.resting) / (width * height))
    const plane = frame.plane(Math.min(request.ratio, most))
    this.#sources.forEach(({ voxels, alignment }, n) => {
      const to = alignment?.thisFromPatient
      this.#feeds[n] ??= new SliceFeed((slice, from) => this.#take(n, slice, from))
      this.#feeds[n].ask(voxels, {
        ...carried(plane, to),
        slabMm,
        projection,
        pane: this.#pane,
        ...(n === 0 && labelIds.length > 0 && { labelIds }),
      })
      if (n === 0) voxels.lookAt(to ? transformPoint(to, crosshairMm) : crosshairMm)
    })
  }

  #take(n: number, slice: Slice, voxels: Voxels): void {
    this.#cuts[n] = { voxels, slice }
    this.#onChange()
  }
}
