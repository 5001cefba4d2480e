import type { Scene } from '@babylonjs/core/scene.js'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { WorldPose } from '../../shared/protocol/pose-sample.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import type { Voxels } from '../voxels/voxels.ts'
import type { Body } from './hands.ts'
import type { LabelPainter } from './labels.ts'
import type { PictureStatus, ViewSource } from './stage.ts'
import type { TissueSpace } from './stage-space.ts'
import type { Inks } from './stroke.ts'
import type { ToolId } from './tool-id.ts'
import type { CanvasPart } from './view-source.ts'

/** A headset's way into the conference, as the page offers it. */
export interface Immersion {
  subscribe(listener: () => void): () => void
  getState(): ImmersionState
  /** Called within a press: browsers ask for one. A refusal is a state with words, not an error. */
  enter(): Promise<void>
  leave(): Promise<void>
  dispose(): void
}

export type ImmersionState =
  /** The browser is being asked whether it knows a headset. */
  | { readonly state: 'looking' }
  | { readonly state: 'unavailable'; readonly message: string }
  /** `message` where the last way in was refused, or the session ended by itself. */
  | { readonly state: 'outside'; readonly message?: string }
  | { readonly state: 'entering' }
  | { readonly state: 'inside' }

/** What the headset's side sees of a stage and may do to it. */
export interface ImmersionHost extends TissueSpace {
  readonly scene: Scene
  readonly inks: Inks
  /** The volumes of the case. */
  readonly volumes: readonly VolumeManifest[]
  /** Shared with the picture; undefined where they are not to be had. */
  voxelsOf(volumeId: string): Voxels | undefined
  /** What the picture is made of just now. */
  pictureNow(): PictureStatus
  /** Of a frame, what the volume may take for all eyes together. */
  setFrameBudget(ms: number): void
  /** The canvas as the others may watch it. */
  readonly view: ViewSource
  tool(): ToolId
  setTool(tool: ToolId): void
  /** Every frame is drawn from now on, and words are painted by `painter`, until `surface`. */
  immerse(parts: ImmersedParts): void
  surface(): void
  /** Head and hands, sent at 30 Hz at most. */
  wear(body: Body): void
  /** Where the others' heads are drawn now, by participantId; world, metres. */
  heads(): ReadonlyMap<string, Vec3>
  /** The tool's beam, preview and drag are dropped: the hand that held them is gone. */
  dropAll(): void
}

export interface ImmersedParts {
  readonly painter: LabelPainter
  /** The wearer's head, world. */
  readonly head: () => WorldPose
  /** Whether the canvas shows what the wearer sees, for those who watch it as video. */
  readonly mirror: (wanted: boolean) => void
  /** The part of it that does so after the frame just drawn; undefined where none was drawn. */
  readonly mirrored: () => CanvasPart | undefined
}

export type ImmersionMaker = (host: ImmersionHost) => Immersion
