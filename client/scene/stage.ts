import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { WorldPose } from '../../shared/protocol/pose-sample.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import type { ConferenceSession } from '../conference/conference-session.ts'
import type { SegmentStates } from '../volume/segments/segment-state.ts'
import type { OpenVoxels } from '../voxels/open-voxels.ts'
import type { Immersion, ImmersionMaker } from './immersion.ts'
import type { LookDraft } from './look-draft.ts'
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
  /** Between samples along a line of sight, in voxels of the level drawn. */
  readonly stepVoxels?: number | undefined
  /** Of the pane's pixels each way, 0…1. */
  readonly pixelScale?: number | undefined
  /** Of the volume's level on the GPU. */
  readonly gpuBytes?: number | undefined
  /** Fetched for this volume since the page was opened. */
  readonly networkBytes?: number | undefined
  /** Nobody sees it, and nothing is drawn. */
  readonly resting?: boolean
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
  /** How far the segments that are shown have come on this page. */
  readonly segments: SegmentStates
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
  /** Lays what is being dragged of the look over the picture, here alone; undefined ends a part. */
  draftLook(draft: LookDraft): void
  /** Whether the slices beside the volume are shown as frames in it. */
  showSliceFrames(shown: boolean): void
  /** While the pane is hidden nothing is drawn, unless others watch it or its person wears it. */
  rest(hidden: boolean): void
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
  /** The volumes' voxels; whoever gave them disposes of them. */
  readonly voxelsOf: (volumeId: string) => OpenVoxels | undefined
  readonly onNotice: (text: string, tone: 'info' | 'caution' | 'danger') => void
}
