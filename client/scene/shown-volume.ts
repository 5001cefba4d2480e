import type { Scene } from '@babylonjs/core/scene.js'
import type { ClippingPlane, Window } from '../../shared/conference/event.ts'
import type { CropBox, Curve } from '../../shared/conference/looks.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import { presetById } from '../../shared/volume/presets.ts'
import type { RenderMode } from '../../shared/volume/render-mode.ts'
import { openStreamedVolume, placeInWorld, type StreamedVolume } from '../volume/index.ts'
import type { DrawnSegments } from '../volume/volume-drawing.ts'
import type { OpenVoxels } from '../voxels/open-voxels.ts'
import type { Ray } from './own-camera.ts'
import type { PatientSpace } from './patient-space.ts'
import type { PictureStatus } from './stage.ts'

export interface VolumeLook {
  readonly presetId: string
  readonly window: Window
  readonly planes: readonly ClippingPlane[]
  readonly curve: Curve
  readonly renderMode: RenderMode
  readonly isoValue: number
  readonly cropBox: CropBox | undefined
}

/** With its weight in the picture; one that is `added` hides nothing of another in its place. */
export interface WeighedLook extends VolumeLook {
  readonly opacity: number
  readonly added: boolean
}

interface ShownVolumeParts {
  readonly scene: Scene
  readonly space: PatientSpace
  readonly voxelsOf: (volumeId: string) => OpenVoxels | undefined
  /** Of the GPU, where it is shared with another volume. */
  readonly budgetBytes?: number
  /** A frame is needed. */
  readonly onChange: () => void
  readonly onStatus: (picture: PictureStatus) => void
  /** There is a first picture. */
  readonly onOpen?: () => void
}

const loading: PictureStatus = {
  state: 'loading',
  levelDims: undefined,
  fraction: 0,
  frameMs: undefined,
  settled: true,
}

const unknownVolume = 'this page does not know the volume that is shown: reload it'

/** The volume on the stage: opened from its levels, looked at as the conference says. */
export class ShownVolume {
  readonly #parts: ShownVolumeParts
  #opening: AbortController | undefined
  #volume: StreamedVolume | undefined
  #look: WeighedLook | undefined
  #applied: Partial<WeighedLook> = {}
  #picture = loading
  #frameBudgetMs: number | undefined

  constructor(parts: ShownVolumeParts) {
    this.#parts = parts
  }

  get picture(): PictureStatus {
    return this.#picture
  }

  /** The last frame's picture is as good as the level on screen gives. */
  get settled(): boolean {
    return this.#volume?.settled ?? true
  }

  /** Opens a volume; the last one goes at once. Undefined is one that this page does not know. */
  show(manifest: VolumeManifest | undefined): void {
    this.#close()
    if (!manifest) {
      this.#tell({ ...loading, state: 'failed', message: unknownVolume })
      return
    }
    this.#tell(loading)
    this.#opening = new AbortController()
    void this.#open(manifest, this.#opening.signal)
  }

  look(look: WeighedLook): void {
    this.#look = look
    const volume = this.#volume
    if (!volume) return
    const was = this.#applied
    const changed = (...keys: (keyof WeighedLook)[]) => keys.some((key) => was[key] !== look[key])
    if (changed('presetId')) {
      const preset = presetById(look.presetId)
      if (preset) volume.setPreset(preset, look.window)
      else volume.setWindow(look.window)
    } else if (
      was.window?.windowCenter !== look.window.windowCenter ||
      was.window.windowWidth !== look.window.windowWidth
    ) {
      volume.setWindow(look.window)
    }
    if (changed('curve', 'presetId') && (look.curve.length > 0 || was.curve?.length)) {
      volume.setCurve(look.curve)
    }
    if (changed('renderMode', 'isoValue', 'presetId')) {
      volume.setRenderMode(look.renderMode, look.isoValue)
    }
    if (changed('cropBox')) volume.setCropBox(look.cropBox?.enabled ? look.cropBox : undefined)
    if (changed('opacity', 'added')) volume.setOpacity(look.opacity, look.added)
    if (changed('planes')) volume.setClippingPlanes(look.planes.filter((p) => p.enabled))
    this.#applied = look
  }

  /** What the picture is drawn around; to be said again when the segments have changed. */
  segments(segments: DrawnSegments | undefined): void {
    this.#volume?.setSegments(segments)
  }

  /** Of a headset's frame, for all eyes together; kept for the volumes that are opened later. */
  setFrameBudget(ms: number): void {
    this.#frameBudgetMs = ms
    this.#volume?.setFrameBudget(ms)
  }

  /** What the picture is made of just now. */
  get facts() {
    return this.#volume?.facts
  }

  place(): void {
    if (this.#volume) placeInWorld(this.#volume.root, this.#parts.space.worldFromPatient)
  }

  firstVisible({ origin, direction }: Ray): Vec3 | undefined {
    return this.#volume?.firstVisiblePoint(origin, direction)
  }

  dispose(): void {
    this.#close()
  }

  async #open(manifest: VolumeManifest, signal: AbortSignal): Promise<void> {
    const { scene, voxelsOf, onChange, budgetBytes } = this.#parts
    const voxels = voxelsOf(manifest.volumeId)
    try {
      if (!voxels) throw new Error(unknownVolume)
      const look = this.#look
      const preset = look && presetById(look.presetId)
      const volume = await openStreamedVolume(scene, {
        voxels,
        signal,
        ...(budgetBytes !== undefined && { budgetBytes }),
        ...(preset && { preset }),
        ...(look && {
          window: look.window,
          renderMode: look.renderMode,
          isoValue: look.isoValue,
        }),
        onProgress: ({ state, levelDims, fraction, message }) => {
          if (signal.aborted) return
          this.#tell({
            state,
            levelDims: levelDims && [...levelDims],
            fraction,
            frameMs: undefined,
            settled: this.settled,
            message,
          })
        },
      })
      if (signal.aborted) {
        volume.dispose()
        return
      }
      this.#volume = volume
      volume.onChange.add(onChange)
      if (this.#frameBudgetMs !== undefined) volume.setFrameBudget(this.#frameBudgetMs)
      this.#applied = {}
      if (this.#look) this.look(this.#look)
      this.place()
      this.#parts.onOpen?.()
      onChange()
    } catch (error) {
      if (signal.aborted) return
      const message = error instanceof Error ? error.message : 'The volume could not be opened.'
      this.#tell({ ...this.#picture, state: 'failed', message })
    }
  }

  #close(): void {
    this.#opening?.abort()
    this.#volume?.dispose()
    this.#volume = undefined
  }

  #tell(picture: PictureStatus): void {
    this.#picture = picture
    this.#parts.onStatus(picture)
  }
}
