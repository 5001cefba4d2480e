import type { CropBox } from '../../shared/conference/looks.ts'
import type { AnnotationKind } from '../../shared/conference/marks.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { PoseSample } from '../../shared/protocol/pose-sample.ts'
import type { ConferenceSession } from '../conference/conference-session.ts'
import type { Voxels } from '../voxels/voxels.ts'
import type { CropDrag } from './crop-handles-drag.ts'
import type { OwnCamera, Ray, Viewport } from './own-camera.ts'
import type { PatientSpace } from './patient-space.ts'
import type { Draft, ShownScene } from './shown-scene.ts'
import type { ToolId } from './tool-id.ts'

/** A mark that is being drawn, or one that is there and is being changed. */
export interface MarkPreview {
  readonly kind: AnnotationKind
  /** Patient mm; fewer than the kind has while they are being placed. */
  readonly pointsMm: readonly Vec3[]
  /** The mark that it stands in for. */
  readonly annotationId?: string
  /** Words beside it, as 'measuring…'. */
  readonly text?: string
}

/** What is asked of a volume's stored values. */
export type StoredValues = Pick<Voxels, 'manifest' | 'region' | 'valueAt'>

/** CSS pixels from the canvas's top left. */
export interface PointerAt {
  readonly x: number
  readonly y: number
}

/** The volume and what may be done to it, by whatever hand. */
export interface TissueSpace {
  readonly session: ConferenceSession
  readonly patient: PatientSpace
  /** What is on screen: the state, and what is being dragged over it. */
  shown(): ShownScene
  /** Where a ray of the patient's space first meets visible tissue. */
  firstVisible(ray: Ray): Vec3 | undefined
  /** As `Stage.draft`. */
  draft(draft: Draft | undefined, settled?: Promise<unknown>): void
  showLaser(laser: PoseSample['laser']): void
  /** A mark that is being drawn, seen here only; undefined ends it. */
  previewMark(mark: MarkPreview | undefined): void
  /** Of the shown volume; undefined where this page has none of them. */
  values?(): StoredValues | undefined
  askForText(): Promise<string | undefined>
  /** Words for this page's person alone. */
  notice(text: string): void
}

/** What the tools of the flat pane see of a stage and may do to it. */
export interface StageSpace extends TissueSpace {
  readonly camera: OwnCamera
  viewport(): Viewport
  /** Through a point of the canvas, in patient mm. */
  patientRay(x: number, y: number): Ray
  /** A place under a resting pointer. */
  probe(pointMm: Vec3 | undefined): void
  /** Takes hold of a handle of the crop box under a point, or within so many pixels of it. */
  takeCropHandle(at: PointerAt, withinPx: number): CropDrag | undefined
  /** A crop box that is being dragged, seen here only; undefined ends it. */
  draftCrop(box: CropBox | undefined): void
  /** Where the keyboard's pointer is; undefined while it points nowhere. */
  showCursor(at: PointerAt | undefined): void
}

/** What turns pointers and keys on the canvas into the active tool's doing. */
export interface Toolbox {
  readonly tool: ToolId
  setTool(tool: ToolId): void
  /** Breaks off what a pointer is doing; nothing of it lasts. */
  drop(): void
  dispose(): void
}

export type ToolboxMaker = (space: StageSpace, surface: HTMLElement) => Toolbox
