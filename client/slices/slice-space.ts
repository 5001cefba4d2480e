import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { PoseSample } from '../../shared/protocol/pose-sample.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import type { RegionStatistics, SlicePlane } from '../../shared/volume/slice.ts'
import type { ConferenceSession } from '../conference/conference-session.ts'
import type { MarkPreview } from '../scene/stage-space.ts'

/** Pixels of the pane from its top left. */
export interface SliceAt {
  readonly x: number
  readonly y: number
}

/** What a tool sees of one slice, on the page or on a panel in the headset. */
export interface SliceSpace {
  readonly session: ConferenceSession
  /** The shown one: marks are made in it, and values read. */
  readonly volume: VolumeManifest
  /** What is seen here is a prior of it: who drew a region here would mean the prior's values. */
  readonly ofPrior?: boolean
  plane(): SlicePlane
  /** On the plane, patient mm. */
  pointAt(at: SliceAt): Vec3
  region(outlineMm: readonly Vec3[]): Promise<RegionStatistics | undefined>
  valueAt(pointMm: Vec3): Promise<number | undefined>
  /** A mark that is being drawn, seen here only; undefined ends it. */
  preview(mark: MarkPreview | undefined): void
  showLaser(laser: PoseSample['laser']): void
  askForText(): Promise<string | undefined>
  notice(text: string): void
}

/** From press to release. Exactly one of `end` and `cancel` is called, last. */
export interface SliceStroke {
  move(at: SliceAt): void
  end(at: SliceAt): void
  cancel(): void
}

export interface SliceTool {
  begin(space: SliceSpace, at: SliceAt): SliceStroke | undefined
  hover?(space: SliceSpace, at: SliceAt): void
  away?(space: SliceSpace): void
}
