import type { Scene } from '@babylonjs/core/scene.js'
import type { Prior } from '../../shared/conference/looks.ts'
import { boxCorners } from '../../shared/geometry/box-cut.ts'
import { asideOf, priorPose } from '../../shared/geometry/prior-alignment-place.ts'
import { transform } from '../../shared/geometry/transform.ts'
import { centreOfBox, type VolumePose } from '../../shared/geometry/volume-pose.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import type { ConferenceView } from '../conference/conference-view.ts'
import type { OpenVoxels } from '../voxels/open-voxels.ts'
import { BoxFrame, type Looking } from './box-frame.ts'
import type { Labels } from './labels.ts'
import type { Ray } from './own-camera.ts'
import { PatientSpace } from './patient-space.ts'
import { PriorVolumeLabels } from './prior-volume-labels.ts'
import { priorLook, type SharedLook } from './prior-volume-look.ts'
import { alignmentWords, blendWords, loadingWords } from './prior-volume-words.ts'
import { ShownVolume } from './shown-volume.ts'
import type { PictureStatus } from './stage.ts'

export interface PriorVolumeParts {
  readonly scene: Scene
  readonly labels: Labels
  /** Their labels say which are priors, and when they were made. */
  readonly volumes: readonly VolumeManifest[]
  readonly voxelsOf: (volumeId: string) => OpenVoxels | undefined
  /** A frame is needed. */
  readonly onChange: () => void
}

/** What is there while there is a prior. */
interface Open {
  readonly manifest: VolumeManifest
  readonly space: PatientSpace
  readonly volume: ShownVolume
  readonly box: BoxFrame
  readonly labels: PriorVolumeLabels
}

/** The prior on the stage, locked to the shown volume: beside it, or in its place. */
export class PriorVolume {
  readonly #parts: PriorVolumeParts
  #open: Open | undefined
  #prior: Prior | undefined
  #asideMm = 0
  #frameBudgetMs: number | undefined

  constructor(parts: PriorVolumeParts) {
    this.#parts = parts
  }

  /** Of the prior's own loading; undefined while there is none. */
  get picture(): PictureStatus | undefined {
    return this.#open?.volume.picture
  }

  /** The last frame's picture is as good as the level on screen gives. */
  get settled(): boolean {
    return this.#open?.volume.settled ?? true
  }

  /** How far to the right of the shown volume it stands at life size; 0 where it stands in its place. */
  get asideM(): number {
    return this.#asideMm / 1000
  }

  /** Of a headset's frame, for all eyes together; kept for the priors that come later. */
  setFrameBudget(ms: number): void {
    this.#frameBudgetMs = ms
    this.#open?.volume.setFrameBudget(ms)
  }

  /** `pose` and `look` are the shown volume's, drags included. A prior that is gone lets go of all. */
  show(
    view: Pick<ConferenceView, 'prior' | 'shownVolumeId'>,
    pose: VolumePose,
    look: SharedLook,
  ): void {
    const { volumes } = this.#parts
    const { prior, shownVolumeId } = view
    const shown = volumes.find(({ volumeId }) => volumeId === shownVolumeId)
    const manifest = prior && volumes.find(({ volumeId }) => volumeId === prior.volumeId)
    if (!prior || !shown || !manifest) {
      this.#close()
      return
    }
    const open = this.#of(manifest)
    this.#prior = prior
    const shownBox = boxOf(shown)
    const priorBox = boxOf(manifest)
    const beside = prior.arrangement === 'beside'
    this.#asideMm = beside ? asideOf([shownBox.corners, priorBox.corners]) : 0
    open.space.setPose(
      priorPose({
        pose,
        shownMiddleMm: shownBox.middleMm,
        priorMiddleMm: priorBox.middleMm,
        alignment: prior,
        asideMm: this.#asideMm,
      }),
    )
    open.volume.look(
      priorLook(look, prior, { shown, prior: manifest, priorMiddleMm: priorBox.middleMm }),
    )
    open.volume.place()
    this.#word()
  }

  /** Letters around its own box where it stands alone; in one place the shown volume's are enough. */
  showLetters(eye: Looking): void {
    if (this.#prior?.arrangement === 'beside') this.#open?.box.showLetters(eye)
    else this.#open?.labels.letters.keep('letter ', new Set())
  }

  /** Where a ray of the room first meets the prior's visible tissue, world. */
  firstVisible(ray: Ray): Ray['origin'] | undefined {
    const { volume, space } = this.#open ?? {}
    const hit = space && volume?.firstVisible(space.rayToPatient(ray))
    return hit && space.toWorld(hit)
  }

  dispose(): void {
    this.#close()
  }

  #of(manifest: VolumeManifest): Open {
    if (this.#open?.manifest === manifest) return this.#open
    this.#close()
    const { scene, voxelsOf, onChange } = this.#parts
    const space = new PatientSpace(scene)
    space.setVolume(manifest)
    const labels = new PriorVolumeLabels(this.#parts.labels)
    const box = new BoxFrame(scene, space, labels.letters)
    const volume = new ShownVolume({
      scene,
      space,
      voxelsOf,
      onChange,
      onStatus: () => {
        this.#word()
        onChange()
      },
    })
    if (this.#frameBudgetMs !== undefined) volume.setFrameBudget(this.#frameBudgetMs)
    this.#open = { manifest, space, volume, box, labels }
    box.showBox()
    volume.show(manifest)
    return this.#open
  }

  #word(): void {
    if (!this.#open || !this.#prior) return
    const { manifest, volume, labels, space } = this.#open
    const notes = [
      loadingWords(volume.picture),
      blendWords(this.#prior),
      alignmentWords(this.#prior),
    ]
    labels.show([manifest.label, notes.filter(Boolean).join(' · ')], space)
  }

  #close(): void {
    if (!this.#open) return
    const { volume, labels, space } = this.#open
    this.#open = undefined
    this.#prior = undefined
    this.#asideMm = 0
    volume.dispose()
    labels.dispose()
    space.node.dispose()
    this.#parts.onChange()
  }
}

function boxOf({ patientFromVoxel, dims }: VolumeManifest) {
  const affine = transform<'patient', 'voxel'>(patientFromVoxel)
  return { corners: boxCorners(affine, dims), middleMm: centreOfBox(affine, dims) }
}
