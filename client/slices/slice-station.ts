import type { Window } from '../../shared/conference/event.ts'
import type { Slicing } from '../../shared/conference/looks.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { PoseSample } from '../../shared/protocol/pose-sample.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import type { ConferenceSession } from '../conference/conference-session.ts'
import type { ConferenceView } from '../conference/conference-view.ts'
import type { MarkPreview } from '../scene/stage-space.ts'
import type { ToolId } from '../scene/tool-id.ts'
import type { Voxels } from '../voxels/voxels.ts'
import { colourMapFor } from './colour-map.ts'
import { volumeBox } from './pane-frame.ts'
import { alignmentOf, lookOf, type SliceSource } from './slice-source.ts'
import { breakOff } from './tools/index.ts'

/** Of a wheel that has stopped: what was scrolled to is then told to the others. */
const quietMs = 150

export interface StationParts {
  readonly session: ConferenceSession
  readonly volumes: readonly VolumeManifest[]
  /** One for each volume, shared with the picture; undefined where it is not to be had. */
  readonly voxelsOf: (volumeId: string) => Voxels | undefined
  readonly say: (text: string) => void
  readonly askForText: () => Promise<string | undefined>
  /** Shows a window that is being dragged wherever else it is seen. */
  readonly draftWindow: (window: Window | undefined, settled?: Promise<unknown>) => void
  readonly showLaser: (laser: PoseSample['laser']) => void
}

/** What all panes show now; a new object for every change. */
export interface StationNow {
  readonly view: ConferenceView
  readonly volume: VolumeManifest | undefined
  /** Volumes in the shown one's frame of reference, itself included. */
  readonly sameSpace: readonly VolumeManifest[]
  /** Undefined where its voxels are not to be had. */
  readonly shown: SliceSource | undefined
  /** As it lies in the shown volume's patient space. */
  readonly prior: SliceSource | undefined
  /** Where the planes meet, patient mm; the middle of the volume at first. */
  readonly crosshairMm: Vec3
  readonly slicing: Slicing
  /** True of whoever looks at slices of their own, away from whoever leads. */
  readonly own: boolean
  readonly window: Window
  readonly tool: ToolId
  readonly preview: MarkPreview | undefined
  /** The others' lasers, where they end. */
  readonly lasers: readonly { colour: string; initials: string; endMm: Vec3 }[]
}

/** Returns what ends the listening. */
function whenOnline(listener: () => void): () => void {
  globalThis.addEventListener('online', listener)
  return () => globalThis.removeEventListener('online', listener)
}

/**
 * The slices of one page: the conference's own while one follows or leads, or one's own. Who leads
 * moves everybody's: at once here, and for the others once it rests.
 */
export class SliceStation {
  readonly parts: StationParts
  readonly #listeners = new Set<() => void>()
  readonly #undo: (() => void)[] = []
  readonly #backListeners = new Set<() => void>()
  #now: StationNow
  /** What the leader has moved and not yet told, or the own slices of somebody else. */
  #moved: Slicing | undefined
  #telling: ReturnType<typeof setTimeout> | undefined
  #windowDraft: Window | undefined
  #samples: ReadonlyMap<number, PoseSample> = new Map()
  #tool: ToolId = 'turn'
  #preview: MarkPreview | undefined

  constructor(parts: StationParts) {
    this.parts = parts
    this.#now = this.#look()
    this.#undo.push(
      parts.session.subscribe(() => this.#update()),
      whenOnline(() => this.#tellBack()),
      parts.session.onSamples((samples) => {
        this.#samples = samples
        this.#update()
      }),
    )
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  getNow = (): StationNow => this.#now

  /** Heard once the network is there again. Returns what ends the listening. */
  onBack(listener: () => void): () => void {
    this.#backListeners.add(listener)
    return () => this.#backListeners.delete(listener)
  }

  setTool(tool: ToolId): void {
    if (tool === this.#tool) return
    breakOff(this.parts.session)
    this.#tool = tool
    this.#update()
  }

  setPreview(preview: MarkPreview | undefined): void {
    this.#preview = preview
    this.#update()
  }

  /** `passing`: more of it may follow. Who does not lead goes on alone. */
  move(change: Partial<Slicing>, how: 'passing' | 'lasting'): void {
    this.#moved = { ...this.#now.slicing, crosshairMm: this.#now.crosshairMm, ...change }
    clearTimeout(this.#telling)
    if (this.#leads()) {
      if (how === 'lasting') this.#tell()
      else this.#telling = setTimeout(() => this.#tell(), quietMs)
    }
    this.#update()
  }

  /** Back to the slices of whoever leads. */
  follow(): void {
    this.#moved = undefined
    this.#update()
  }

  /** A window that is being dragged; undefined where it was let go without effect. */
  draftWindow(window: Window | undefined): void {
    this.#windowDraft = window
    this.parts.draftWindow(window)
    this.#update()
  }

  /** Makes the dragged window everybody's. */
  async keepWindow(window: Window): Promise<void> {
    const settled = this.parts.session.command({ type: 'setWindow', ...window })
    this.parts.draftWindow(window, settled)
    await settled
    if (this.#windowDraft === window) this.#windowDraft = undefined
    this.#update()
  }

  dispose(): void {
    clearTimeout(this.#telling)
    for (const undo of this.#undo) undo()
    this.#listeners.clear()
    this.#backListeners.clear()
  }

  #tellBack(): void {
    for (const listener of this.#backListeners) listener()
  }

  #leads(): boolean {
    return this.parts.session.may('setSlicing') === 'yes'
  }

  #tell(): void {
    const moved = this.#moved
    if (!moved?.crosshairMm || !this.#leads()) return
    const { crosshairMm, slabMm, projection, obliqueRotation } = moved
    // the session shows it at once and takes it back where it is refused
    void this.parts.session.command({
      type: 'setSlicing',
      crosshairMm,
      slabMm,
      projection,
      obliqueRotation,
    })
    this.#moved = undefined
    this.#update()
  }

  #update(): void {
    const before = this.#now
    const view = this.parts.session.getSnapshot()
    const left = view.shownVolumeId !== before.view.shownVolumeId && !this.#sameSpace(view)
    const lead = view.me.presents !== before.view.me.presents
    if (left || lead) {
      clearTimeout(this.#telling)
      this.#moved = undefined
      this.#windowDraft = undefined
    }
    this.#now = this.#look()
    for (const listener of this.#listeners) listener()
    const isThere = view.link.state === 'connected'
    if (isThere && before.view.link.state !== 'connected') this.#tellBack()
  }

  /** Whether the volume that is shown now lies in the frame of reference of the one before. */
  #sameSpace(view: ConferenceView): boolean {
    const of = (id: string) => this.parts.volumes.find(({ volumeId }) => volumeId === id)
    const frame = of(this.#now.view.shownVolumeId)?.frameOfReferenceUID
    return frame !== undefined && of(view.shownVolumeId)?.frameOfReferenceUID === frame
  }

  #look(): StationNow {
    const view = this.parts.session.getSnapshot()
    const volume = this.parts.volumes.find(({ volumeId }) => volumeId === view.shownVolumeId)
    const slicing = this.#moved ?? view.slicing
    const leader = view.participants.find(({ presents, isMe }) => presents && !isMe)
    const led = leader && this.#samples.get(leader.poseIndex)
    const window = this.#windowDraft ?? led?.window ?? view.window
    const frame = volume?.frameOfReferenceUID
    return {
      view,
      volume,
      sameSpace: this.parts.volumes.filter((one) => one.frameOfReferenceUID === frame),
      ...this.#sources(view, volume, window),
      slicing,
      crosshairMm: slicing.crosshairMm ?? (volume ? volumeBox(volume).centreMm : [0, 0, 0]),
      own: this.#moved !== undefined && !this.#leads(),
      window,
      tool: this.#tool,
      preview: this.#preview,
      lasers: view.participants.flatMap(({ isMe, poseIndex, colour, initials }) => {
        const laser = isMe ? undefined : this.#samples.get(poseIndex)?.laser
        return laser ? [{ colour, initials, endMm: laser.end }] : []
      }),
    }
  }

  #sources(
    { prior, presetId }: ConferenceView,
    volume: VolumeManifest | undefined,
    window: Window,
  ): Pick<StationNow, 'shown' | 'prior'> {
    const voxels = volume && this.parts.voxelsOf(volume.volumeId)
    if (!volume || !voxels) return { shown: undefined, prior: undefined }
    const shown = { voxels, window, map: colourMapFor(volume.modality, presetId) }
    const other = prior && this.parts.voxelsOf(prior.volumeId)
    if (!prior || !other) return { shown, prior: undefined }
    const { modality, unit } = volume
    const look = lookOf(other, { modality, unit, window, presetId })
    return { shown, prior: { voxels: other, alignment: alignmentOf(prior, other), ...look } }
  }
}
