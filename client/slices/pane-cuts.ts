import { transformPoint, type Vec3 } from '../../shared/geometry/transform.ts'
import type { Slab, SlicePlane } from '../../shared/volume/slice.ts'
import type { Slice, Voxels } from '../voxels/voxels.ts'
import { CutLane } from './cut-lane.ts'
import type { PaintedLayer } from './paint-slice.ts'
import type { PaneFrame } from './pane-frame.ts'
import { carried, type SliceSource } from './slice-source.ts'

/** Of a plane that moves, so that it follows; of a thick one, which is many; of one that rests. */
const samples = { moving: 300_000, movingSlab: 70_000, resting: 2_400_000 }
const restMs = 140

export type CutState = 'empty' | 'loading' | 'coarse' | 'sharp' | 'failed'

/** The label maps of one volume that are to be cut along. */
export interface LabelSource {
  readonly voxels: Voxels
  readonly labelIds: readonly string[]
}

export interface CutRequest extends Pick<Slab, 'slabMm' | 'projection'> {
  readonly frame: PaneFrame
  readonly crosshairMm: Vec3
  /** Canvas pixels for each CSS pixel. */
  readonly ratio: number
  /** Of volumes in the shown one's patient space. */
  readonly labels: readonly LabelSource[]
}

/**
 * The slices that one pane shows, of one volume or two, and the label maps along them: fewer samples
 * while the plane moves.
 */
export class PaneCuts {
  readonly #pane: string
  readonly #onChange: () => void
  readonly #images: CutLane[] = []
  /** Of volumes whose image is not shown, by their voxels. */
  readonly #maps = new Map<Voxels, CutLane>()
  #sources: readonly SliceSource[] = []
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
    for (const lane of this.#images) lane.dispose()
    for (const lane of this.#maps.values()) lane.dispose()
    this.#images.length = 0
    this.#maps.clear()
  }

  /** What has failed is tried once more. */
  retry(): void {
    for (const lane of this.#lanes()) lane.retry()
  }

  /** `share`: of the second over the first. */
  layers(share: number): PaintedLayer[] {
    return this.#sources.flatMap(({ window, map, alignment }, n) => {
      const cut = this.#images[n]?.slice
      if (!cut) return []
      const slice = carried(cut, alignment?.patientFromThis)
      return [{ slice, window, map, share: n === 0 ? 1 : share }]
    })
  }

  /** Slices that label maps are cut along, by volume; in the shown one's patient space. */
  labelSlices(): ReadonlyMap<string, Slice> {
    const found = new Map<string, Slice>()
    for (const { voxels } of this.#request?.labels ?? []) {
      const lane = voxels === this.#sources[0]?.voxels ? this.#images[0] : this.#maps.get(voxels)
      const slice = lane?.slice
      if (slice?.labels) found.set(voxels.manifest.volumeId, slice)
    }
    return found
  }

  /** A slice of elsewhere may still be on screen, and is not the one that is named: `loading`. */
  state(stepMm: number): CutState {
    if (this.#sources.length === 0) return 'empty'
    if (this.failure) return 'failed'
    const arrivals = (lanes: Iterable<CutLane>) =>
      [...lanes].map((lane) => lane.arrival(stepMm / 2))
    if (arrivals(this.#images).includes('away')) return 'loading'
    return arrivals(this.#lanes()).every((arrival) => arrival === 'sharp') ? 'sharp' : 'coarse'
  }

  /** Why the slice is not what it should be, in words; and whether some of it is there. */
  get failure(): { readonly message: string; readonly coarse: boolean } | undefined {
    const failed = this.#lanes().find(({ failure }) => failure)
    if (!failed?.failure) return undefined
    const coarse = this.#images.every(({ slice }) => slice !== undefined)
    return { message: failed.failure.message, coarse }
  }

  dispose(): void {
    clearTimeout(this.#resting)
    this.forget()
  }

  #lanes(): CutLane[] {
    return [...this.#images, ...this.#maps.values()]
  }

  #send(): void {
    const request = this.#request
    if (!request) return
    const plane = this.#planeOf(request)
    const { slabMm, projection, labels, crosshairMm } = request
    const [shown] = this.#sources
    for (const lane of this.#images.splice(this.#sources.length)) lane.dispose()
    this.#sources.forEach(({ voxels, alignment }, n) => {
      const to = alignment?.thisFromPatient
      const own = n === 0 ? labels.find((source) => source.voxels === voxels) : undefined
      this.#images[n] ??= new CutLane(this.#onChange)
      this.#images[n].ask(voxels, {
        ...carried(plane, to),
        slabMm,
        projection,
        pane: this.#pane,
        ...(own && { labelIds: own.labelIds }),
      })
      if (n === 0) voxels.lookAt(to ? transformPoint(to, crosshairMm) : crosshairMm)
    })
    this.#sendMaps(
      plane,
      labels.filter(({ voxels }) => voxels !== shown?.voxels),
    )
  }

  #sendMaps(plane: SlicePlane, labels: readonly LabelSource[]): void {
    for (const [voxels, lane] of this.#maps) {
      if (labels.some((source) => source.voxels === voxels)) continue
      lane.dispose()
      this.#maps.delete(voxels)
    }
    for (const { voxels, labelIds } of labels) {
      const lane = this.#maps.get(voxels) ?? new CutLane(this.#onChange)
      this.#maps.set(voxels, lane)
      const pane = `${this.#pane}, segments`
      const thin = { slabMm: 0, projection: 'average' } as const
      lane.ask(voxels, { ...plane, ...thin, pane, labelIds, labelsAlone: true })
    }
  }

  #planeOf({ frame, slabMm, ratio }: CutRequest): SlicePlane {
    const { width, height } = frame.size
    const moving = slabMm > 0 ? samples.movingSlab : samples.moving
    const most = Math.sqrt((this.#moving ? moving : samples.resting) / (width * height))
    return frame.plane(Math.min(ratio, most))
  }
}
