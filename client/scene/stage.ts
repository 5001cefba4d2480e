import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { WorldPose } from '../../shared/protocol/pose-sample.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import type { ConferenceSession } from '../conference/conference-session.ts'
import type { Immersion, ImmersionMaker } from './immersion.ts'
import type { Draft } from './shown-scene.ts'
import type { ToolboxMaker } from './stage-space.ts'
import type { ToolId } from './tool-id.ts'

/** What the picture is made of just now, said in words on the page's status line. */
export interface PictureStatus {
  readonly state: 'loading' | 'sharpening' | 'ready' | 'failed'
  /** Voxels of the level on screen, as [128, 128, 135]. */
  readonly levelDims: readonly [number, number, number] | undefined
  /** Of what is being loaded, 0…1. */
  readonly fraction: number
  readonly frameMs: number | undefined
  /** False while the picture of this level is still being drawn finer. */
  readonly settled: boolean
  /** In words: how the loading goes, or why it failed and what to do. */
  readonly message?: string
}

export interface StageStatus {
  readonly tool: ToolId
  readonly picture: PictureStatus
  /** True while this page's camera is where it was at the opening. */
  readonly cameraAtHome: boolean
  /** The place under a resting pointer, patient mm, where it rests on tissue. */
  readonly probe: { readonly pointMm: Vec3 } | undefined
}

/** The 3D pane of one page: the shared volume on this page's own GPU, seen by its own camera. */
export interface Stage {
  subscribe(listener: () => void): () => void
  getStatus(): StageStatus
  setTool(tool: ToolId): void
  /** Puts this page's own camera back; nobody else's moves. */
  lookFromHome(): void
  /** The words a text mark needs: the page asks for them, undefined where the person thought better. */
  onTextWanted(ask: () => Promise<string | undefined>): void
  /**
   * Shows a drag here at once and to the others at 30 Hz; undefined ends it. Kept on screen until
   * `settled`, the command that makes it last, has been answered or a newer drag has begun.
   */
  draft(draft: Draft | undefined, settled?: Promise<unknown>): void
  /** The way into a headset. */
  readonly immersion: Immersion
  /** The picture as others may watch it. */
  readonly view: ViewSource & StillSource
  /** Every frame in a headset, with where its wearer hears from; undefined once it is off. */
  onEars(listener: (ears: Ears | undefined) => void): () => void
  dispose(): void
}

/** The canvas as video; alive between `open` and `close`. */
export interface ViewSource {
  open(): MediaStreamTrack
  close(): void
}

export interface StillSource {
  /** The picture as it is now, a PNG with the words that stand over it; not while a headset is on. */
  still(): Promise<Blob>
}

/** Where the wearer of a headset hears from, and the mouths in the room; world, metres. */
export interface Ears {
  readonly head: WorldPose
  /** By participantId; whoever is not in it is heard plainly. */
  readonly mouths: ReadonlyMap<string, Vec3>
}

export interface StageOptions {
  readonly canvas: HTMLCanvasElement
  /** Letters, marks' names and the like are laid over the canvas in here. */
  readonly overlay: HTMLElement
  readonly session: ConferenceSession
  readonly volumes: readonly VolumeManifest[]
  /** `createToolbox` of client/tools; the scene knows no tool by name. */
  readonly toolbox: ToolboxMaker
  /** `createImmersion` of client/xr; the scene knows no headset. */
  readonly immersion: ImmersionMaker
  /** Absolute address of a volume's OME-Zarr tree. */
  readonly zarrUrl: (volumeId: string) => string
  /** Headers that let a worker read the volumes. */
  readonly headers: () => Record<string, string>
  readonly onNotice: (text: string, tone: 'info' | 'caution' | 'danger') => void
}
