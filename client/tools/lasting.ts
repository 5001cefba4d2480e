import type { Asked } from '../conference/conference-session.ts'
import type { Draft } from '../scene/shown-scene.ts'
import type { StageSpace } from '../scene/stage-space.ts'

/**
 * The end of a drag: what it came to stays on screen until the command that makes it last has been
 * answered. It is shown before it is asked for, so that whoever begins again at once begins here.
 */
export function lasting(space: StageSpace, draft: Draft, asked: Asked): void {
  space.draft(draft)
  space.draft(draft, space.session.command(asked))
}
