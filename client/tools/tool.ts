import type { PointerAt, StageSpace } from '../scene/stage-space.ts'
import type { ToolId } from '../scene/tool-id.ts'

/**
 * From press to release, by a hand that is at an `At`. Exactly one of `end` and `cancel` is called,
 * last, unless `onward` gave another.
 */
export interface StrokeOf<At> {
  move(at: At): void
  end(at: At): void
  cancel(): void
  /**
   * Asked at the release, before `end`: a stroke that it gives goes on in this one's place, without
   * a press, until the next press and release.
   */
  onward?(at: At): StrokeOf<At> | undefined
}

export type Stroke = StrokeOf<PointerAt>

/** All tools have this silhouette; none keeps anything between strokes. */
export interface Tool {
  readonly id: ToolId
  /** Arrow keys drag with it; with the others they move a pointer that Enter presses. */
  readonly drags: boolean
  begin(space: StageSpace, at: PointerAt): Stroke | undefined
  hover?(space: StageSpace, at: PointerAt): void
  /** The pointer has gone, or another tool was taken. */
  away?(space: StageSpace): void
}
