import type { Scene } from '@babylonjs/core/scene.js'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import type { SegmentHit } from '../volume/segments/segment-hit.ts'
import { SegmentLayer, type SegmentsLook } from '../volume/segments/segment-layer.ts'
import type { SegmentStates } from '../volume/segments/segment-state.ts'
import type { DrawnSegments } from '../volume/volume-drawing.ts'
import type { OpenVoxels } from '../voxels/open-voxels.ts'
import type { Ray } from './own-camera.ts'
import type { PatientSpace } from './patient-space.ts'

interface ShownSegmentsParts {
  readonly scene: Scene
  readonly space: PatientSpace
  readonly volumes: readonly VolumeManifest[]
  readonly voxelsOf: (volumeId: string) => OpenVoxels | undefined
  /** What the tissue is drawn around has changed, or how far a segment has come. */
  readonly onChange: (segments: DrawnSegments | undefined, states: SegmentStates) => void
}

const none: SegmentStates = new Map()

/** The segments in the shown volume's space: a layer made when the first of them is wanted. */
export class ShownSegments {
  readonly #parts: ShownSegmentsParts
  #manifest: VolumeManifest | undefined
  #layer: SegmentLayer | undefined
  #look: SegmentsLook | undefined

  constructor(parts: ShownSegmentsParts) {
    this.#parts = parts
  }

  /** Of another volume; its segments come when they are looked at. */
  of(manifest: VolumeManifest | undefined): void {
    if (manifest === this.#manifest) return
    this.#close()
    this.#manifest = manifest
  }

  show(look: SegmentsLook): void {
    const was = this.#look
    const same =
      was && (Object.keys(look) as (keyof SegmentsLook)[]).every((k) => was[k] === look[k])
    if (same) return
    this.#look = look
    if (!this.#layer && look.segments.some(({ visible }) => visible)) this.#open()
    this.#layer?.show(look)
  }

  /** What the tissue is drawn around just now. */
  get drawn(): DrawnSegments | undefined {
    const layer = this.#layer
    return layer?.boundsMm && { picture: layer.picture, boundsMm: layer.boundsMm }
  }

  firstHit({ origin, direction }: Ray): SegmentHit | undefined {
    return this.#layer?.firstHit(origin, direction)
  }

  dispose(): void {
    this.#close()
  }

  #open(): void {
    const { scene, space, volumes, voxelsOf, onChange } = this.#parts
    const frame = this.#manifest?.frameOfReferenceUID
    this.#layer = new SegmentLayer({
      scene,
      root: space.node,
      volumes: volumes.filter((volume) => volume.frameOfReferenceUID === frame),
      voxelsOf: (volumeId) => {
        const voxels = voxelsOf(volumeId)
        if (!voxels) throw new RangeError('this page does not know the volume of a segment')
        return voxels
      },
      onChange: () => onChange(this.drawn, this.#layer?.states ?? none),
    })
  }

  #close(): void {
    const layer = this.#layer
    this.#look = undefined
    if (!layer) return
    this.#layer = undefined
    this.#parts.onChange(undefined, none)
    layer.dispose()
  }
}
