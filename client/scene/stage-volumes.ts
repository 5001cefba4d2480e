import type { Scene } from '@babylonjs/core/scene.js'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { dot, subtract } from '../../shared/geometry/vector.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import type { ConferenceView } from '../conference/conference-view.ts'
import type { SegmentStates } from '../volume/segments/segment-state.ts'
import type { OpenVoxels } from '../voxels/open-voxels.ts'
import type { Looking } from './box-frame.ts'
import type { Labels } from './labels.ts'
import { type LookDraft, lookOf } from './look-draft.ts'
import type { Ray } from './own-camera.ts'
import type { PatientSpace } from './patient-space.ts'
import { PriorVolume } from './prior-volume.ts'
import { shares } from './prior-volume-look.ts'
import type { ShownScene } from './shown-scene.ts'
import { ShownSegments } from './shown-segments.ts'
import { ShownVolume } from './shown-volume.ts'
import type { PictureStatus } from './stage.ts'

export interface StageVolumesParts {
  readonly scene: Scene
  readonly space: PatientSpace
  readonly labels: Labels
  readonly volumes: readonly VolumeManifest[]
  readonly voxelsOf: (volumeId: string) => OpenVoxels | undefined
  /** A frame is needed. */
  readonly onChange: () => void
  readonly onStatus: (picture: PictureStatus) => void
  readonly onSegments: (states: SegmentStates) => void
}

/** While a level comes, where this page looks is told this often. */
const tellLookEveryMs = 300

/** All that is drawn of voxels: the shown volume, the segments in it, and a prior beside or over it. */
export class StageVolumes {
  readonly #parts: StageVolumesParts
  readonly #volume: ShownVolume
  readonly #segments: ShownSegments
  readonly #prior: PriorVolume
  #volumeId = ''
  #toldLookAtMs = 0

  constructor(parts: StageVolumesParts) {
    this.#parts = parts
    this.#segments = new ShownSegments({
      ...parts,
      onChange: (segments, states) => {
        this.#volume.segments(segments)
        parts.onSegments(states)
        parts.onChange()
      },
    })
    this.#volume = new ShownVolume({
      ...parts,
      onOpen: () => this.#volume.segments(this.#segments.drawn),
    })
    this.#prior = new PriorVolume(parts)
  }

  get picture(): PictureStatus {
    return this.#volume.picture
  }

  get facts() {
    const voxels = this.#parts.voxelsOf(this.#volumeId)
    const facts = this.#volume.facts
    return facts && { ...facts, networkBytes: voxels?.networkBytes }
  }

  /** The last frame's pictures are as good as the levels on screen give. */
  get settled(): boolean {
    return this.#volume.settled && this.#prior.settled
  }

  /** How far to the right of the shown volume a prior stands at life size. */
  get asideM(): number {
    return this.#prior.asideM
  }

  open(manifest: VolumeManifest | undefined): void {
    this.#volumeId = manifest?.volumeId ?? ''
    this.#segments.of(manifest)
    this.#volume.show(manifest)
  }

  /** Of a headset's frame, what the volume may take for all eyes together. */
  setFrameBudget(ms: number): void {
    this.#volume.setFrameBudget(ms)
    this.#prior.setFrameBudget(ms)
  }

  place(): void {
    this.#volume.place()
  }

  /** Brings the pictures to the state with what is being dragged laid over it. */
  show(view: ConferenceView, shown: ShownScene, draft: LookDraft): void {
    const look = { ...lookOf(view, draft), window: shown.window, planes: shown.planes }
    this.#volume.look({
      ...look,
      opacity: view.prior ? shares(view.prior).shown : 1,
      added: false,
    })
    this.#segments.show({
      segments: look.segments,
      explode: look.explode,
      planes: enabledOf(shown.planes),
      cropBox: look.cropBox,
    })
    this.#prior.show(view, shown.pose, look)
  }

  showLetters(eye: Looking): void {
    this.#prior.showLetters(eye)
  }

  /** Where a ray of the patient's space first meets what can be seen: tissue or a segment. */
  firstVisible(ray: Ray): Vec3 | undefined {
    const tissue = this.#volume.firstVisible(ray)
    const segment = this.#segments.firstHit(ray)
    if (!segment) return tissue
    const tissueMm = tissue ? dot(subtract(tissue, ray.origin), ray.direction) : Infinity
    return segment.distanceMm < tissueMm ? segment.pointMm : tissue
  }

  /** While a level comes, what is under the middle of the pane comes first. */
  look(nowMs: number, through: () => Ray): void {
    if (this.picture.state !== 'sharpening' || nowMs - this.#toldLookAtMs < tellLookEveryMs) return
    this.#toldLookAtMs = nowMs
    this.#parts.voxelsOf(this.#volumeId)?.lookAt(this.#volume.firstVisible(through()))
  }

  dispose(): void {
    this.#segments.dispose()
    this.#prior.dispose()
    this.#volume.dispose()
  }
}

/** The same array for the same planes, so that nothing is drawn anew for it. */
const enabledOf = (() => {
  let [of, enabled] = [[] as ShownScene['planes'], [] as ShownScene['planes']]
  return (planes: ShownScene['planes']) => {
    if (planes !== of) [of, enabled] = [planes, planes.filter((plane) => plane.enabled)]
    return enabled
  }
})()
