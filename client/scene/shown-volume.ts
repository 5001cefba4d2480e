import type { Scene } from '@babylonjs/core/scene.js'
import type { ClippingPlane, Window } from '../../shared/conference/event.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import { presetById } from '../../shared/volume/presets.ts'
import { openStreamedVolume, placeInWorld, type StreamedVolume } from '../volume/index.ts'
import type { Ray } from './own-camera.ts'
import type { PatientSpace } from './patient-space.ts'
import type { PictureStatus } from './stage.ts'

export interface VolumeLook {
  readonly presetId: string
  readonly window: Window
  readonly planes: readonly ClippingPlane[]
}

interface ShownVolumeParts {
  readonly scene: Scene
  readonly space: PatientSpace
  readonly zarrUrl: (volumeId: string) => string
  readonly headers: () => Record<string, string>
  /** A frame is needed. */
  readonly onChange: () => void
  readonly onStatus: (picture: PictureStatus) => void
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
  #look: VolumeLook | undefined
  #applied: Partial<VolumeLook> = {}
  #picture = loading

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

  look(look: VolumeLook): void {
    this.#look = look
    const { presetId, window, planes } = this.#applied
    const volume = this.#volume
    if (!volume) return
    if (presetId !== look.presetId) {
      const preset = presetById(look.presetId)
      if (preset) volume.setPreset(preset, look.window)
      else volume.setWindow(look.window)
    } else if (
      window?.windowCenter !== look.window.windowCenter ||
      window.windowWidth !== look.window.windowWidth
    ) {
      volume.setWindow(look.window)
    }
    if (planes !== look.planes) volume.setClippingPlanes(look.planes.filter((p) => p.enabled))
    this.#applied = look
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
    const { scene, zarrUrl, headers, onChange } = this.#parts
    try {
      const look = this.#look
      const preset = look && presetById(look.presetId)
      const volume = await openStreamedVolume(scene, {
        manifest,
        zarrUrl: zarrUrl(manifest.volumeId),
        headers,
        signal,
        ...(preset && { preset }),
        ...(look && { window: look.window }),
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
      this.#applied = {}
      if (this.#look) this.look(this.#look)
      this.place()
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
