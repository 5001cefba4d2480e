import type { TransformNode } from '@babylonjs/core/Meshes/transformNode.js'
import type { Scene } from '@babylonjs/core/scene.js'
import type { CropBox, SegmentLook } from '../../../shared/conference/looks.ts'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import type { VolumeLabel, VolumeManifest } from '../../../shared/volume/manifest.ts'
import type { ClippingPlane } from '../../../shared/volume/sampling.ts'
import type { Voxels } from '../../voxels/voxels.ts'
import type { Lighting } from '../march-material.ts'
import { exploded } from './explode.ts'
import { cutsOf } from './kept-space.ts'
import { SegmentBody } from './segment-body.ts'
import { firstSegmentHit, type SegmentHit } from './segment-hit.ts'
import { SegmentPicture } from './segment-picture.ts'
import { type SegmentState, type SegmentStates, segmentKey } from './segment-state.ts'
import { SurfaceMaker } from './surface-maker.ts'

export interface SegmentsLook {
  /** Of every volume of the case; those of other frames of reference are left out. */
  readonly segments: readonly SegmentLook[]
  readonly explode: number
  /** Those that cut now, six at most. */
  readonly planes: readonly ClippingPlane[]
  readonly cropBox: CropBox | undefined
}

interface Wanted {
  readonly key: string
  readonly volume: VolumeManifest
  readonly label: VolumeLabel
  readonly opacity: number
}

export interface SegmentLayerParts {
  readonly scene: Scene
  /** Its local space is patient mm. */
  readonly root: TransformNode
  /** Those of the shown frame of reference: the shown one, and others whose segments lie in it. */
  readonly volumes: readonly VolumeManifest[]
  /** Asked for the first time when a segment of that volume is to be shown. */
  readonly voxelsOf: (volumeId: string) => Pick<Voxels, 'label'>
  /** The picture of the segments, or how far one has come, has changed. */
  readonly onChange: () => void
  readonly lighting?: Lighting
}

const defaultLighting: Lighting = { ambient: 0.35, diffuse: 0.65, specular: 0.1 }
/** Hidden ones that are kept on the GPU, for a quick look back. */
const mostHidden = 8
/**
 * Of a label map that the page holds for the moment, a byte each. Coarser levels show the greatest
 * value of theirs, half a voxel further out than the truth.
 */
const mostLabelVoxels = 160 * 2 ** 20

/**
 * The segments in one frame of reference: fetched when they are first shown, one after another, made into
 * surfaces and drawn into `picture`. Clipping planes and the crop box cut them as they cut tissue, a
 * lid over the cut; once they are moved apart they are whole.
 */
export class SegmentLayer {
  readonly picture: SegmentPicture
  readonly #parts: SegmentLayerParts
  readonly #maker = new SurfaceMaker()
  readonly #bodies = new Map<string, SegmentBody>()
  #states: SegmentStates = new Map()
  #look: SegmentsLook = { segments: [], explode: 0, planes: [], cropBox: undefined }
  #shown: readonly SegmentBody[] = []
  #cuts: readonly ClippingPlane[] = []
  #loading = false
  #disposed = false

  constructor(parts: SegmentLayerParts) {
    this.#parts = parts
    this.picture = new SegmentPicture(parts.scene, parts.root, parts.onChange)
  }

  /** A snapshot: a new one for every change. */
  get states(): SegmentStates {
    return this.#states
  }

  /** The box around what is shown, patient mm as it is seen; undefined where nothing is. */
  get boundsMm(): { readonly minMm: Vec3; readonly maxMm: Vec3 } | undefined {
    if (this.#shown.length === 0) return undefined
    const corner = (from: number, of: (...n: number[]) => number) =>
      [0, 1, 2].map((axis) =>
        of(
          ...this.#shown.map(
            ({ surface, movedMm }) =>
              surface.tree.boxes.at(axis + from - 6)! + movedMm.asArray()[axis]!,
          ),
        ),
      ) as unknown as Vec3
    return { minMm: corner(0, Math.min), maxMm: corner(3, Math.max) }
  }

  show(look: SegmentsLook): void {
    this.#look = look
    this.#forgetFailures()
    this.#arrange()
    void this.#load() // what fails is told by its state
  }

  /** Where a ray of patient space first meets a segment. */
  firstHit(originMm: Vec3, direction: Vec3): SegmentHit | undefined {
    return firstSegmentHit(this.#shown, this.#cuts, originMm, direction)
  }

  dispose(): void {
    this.#disposed = true
    this.#maker.dispose()
    for (const body of this.#bodies.values()) body.dispose()
    this.#bodies.clear()
    this.#shown = []
    this.picture.dispose()
  }

  /** Hidden and shown again, a segment is tried again. */
  #forgetFailures(): void {
    const wanted = new Set(this.#wanted().map(({ key }) => key))
    const kept = [...this.#states].filter(
      ([key, { state }]) => state !== 'failed' || wanted.has(key),
    )
    if (kept.length < this.#states.size) this.#states = new Map(kept)
  }

  #wanted(): readonly Wanted[] {
    return this.#look.segments.flatMap(({ volumeId, labelId, visible, opacity }) => {
      const volume = this.#parts.volumes.find((one) => one.volumeId === volumeId)
      const label = volume?.labels?.find((one) => one.labelId === labelId)
      if (!visible || !volume || !label) return []
      return [{ key: segmentKey(volumeId, labelId), volume, label, opacity }]
    })
  }

  #arrange(): void {
    const { explode, planes, cropBox } = this.#look
    const shown: SegmentBody[] = []
    for (const { key, opacity } of this.#wanted()) {
      const body = this.#bodies.get(key)
      if (!body || opacity === 0) continue
      this.#bodies.delete(key)
      this.#bodies.set(key, body) // used last
      body.opacity = opacity
      shown.push(body)
      body.number = 1 + ((shown.length - 1) % 255)
    }
    for (const [n, movedMm] of exploded(shown, explode).entries()) shown[n]?.moveTo(movedMm)
    this.#shown = shown
    this.#cuts = explode > 0 ? [] : cutsOf(planes, cropBox)
    this.picture.show(shown, this.#cuts, this.#parts.lighting ?? defaultLighting)
    this.#dropHidden()
    this.#parts.onChange()
  }

  #dropHidden(): void {
    const wanted = new Set(this.#wanted().map(({ key }) => key))
    const hidden = [...this.#bodies.keys()].filter((key) => !wanted.has(key))
    for (const key of hidden.slice(0, Math.max(0, hidden.length - mostHidden))) {
      this.#bodies.get(key)?.dispose()
      this.#bodies.delete(key)
      this.#tell(key, undefined)
    }
  }

  async #load(): Promise<void> {
    if (this.#loading) return
    this.#loading = true
    for (;;) {
      const next = this.#wanted().find(({ key }) => !this.#states.has(key))
      if (!next || this.#disposed) break
      this.#tell(next.key, { state: 'loading' })
      this.#parts.onChange()
      const state = await this.#make(next)
      if (this.#disposed) break
      this.#tell(next.key, state)
      this.#arrange()
    }
    this.#loading = false
  }

  async #make({ key, volume, label }: Wanted): Promise<SegmentState> {
    const { scene, root, voxelsOf } = this.#parts
    const { volumeId } = volume
    try {
      const map = await voxelsOf(volumeId).label(label.labelId, mostLabelVoxels)
      const surface = await this.#maker.make(map)
      if (!surface) return { state: 'empty' }
      if (this.#disposed) return { state: 'loading' }
      const body = new SegmentBody(scene, root, { volumeId, label, surface })
      await this.picture.prepare(body)
      if (this.#disposed) body.dispose()
      else this.#bodies.set(key, body)
      return { state: 'shown' }
    } catch (error) {
      const message = error instanceof Error ? error.message : 'The segment could not be read.'
      return { state: 'failed', message }
    }
  }

  #tell(key: string, state: SegmentState | undefined): void {
    const states = new Map(this.#states)
    if (state) states.set(key, state)
    else states.delete(key)
    this.#states = states
  }
}
