import type { ShownParticipant } from '../../shared/findings/findings-view.ts'
import type { ListedEntry } from '../audit/access-log.ts'

/**
 * Who was in a conference, in the order they first came, from its access log, newest entry first. Somebody
 * who came back counts once; whoever has not left since is still there.
 */
export function participantsOf(entries: readonly ListedEntry[]): ShownParticipant[] {
  const people = new Map<string, { name: string; joinedAtMs: number; leftAtMs?: number }>()
  for (const { actor, action, atMs } of entries.toReversed()) {
    if (actor.kind !== 'participant') continue
    const known = people.get(actor.id)
    if (action === 'joined') {
      people.set(actor.id, { name: actor.name, joinedAtMs: known?.joinedAtMs ?? atMs })
    } else if (action === 'left' && known) known.leftAtMs = atMs
  }
  return [...people.values()]
}
