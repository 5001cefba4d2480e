import type { PointerAt, StageSpace } from '../scene/stage-space.ts'
import type { ToolId } from '../scene/tool-id.ts'

/** From press to release. Exactly one of `end` and `cancel` is called, last. */
export interface Stroke {
  move(at: PointerAt): void
  end(at: PointerAt): void
  cancel(): void
}

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
