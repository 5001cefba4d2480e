import type { ConferenceView } from '../../conference/conference-view.ts'

/** Who leads, in words, from where this person stands. */
export function leadingWords(view: ConferenceView): string {
  if (view.me.presents) return 'You lead'
  const leader = view.participants.find(({ presents }) => presents)
  return leader ? `${leader.displayName} leads` : 'Nobody leads'
}

/** The same beside the leader's initials, where there is no room for a name. */
export function leadingInShort(view: ConferenceView): string {
  if (view.me.presents) return 'You lead'
  return view.presenterId ? 'leads' : 'Nobody leads'
}

/** Why the shared view is not this person's to change just now. */
export function whyNotMine(view: ConferenceView): string {
  const leader = view.participants.find(({ presents }) => presents)
  if (view.me.role === 'observer') return 'You watch; the view is changed by whoever leads.'
  return leader
    ? `${leader.displayName} leads. This is changed by whoever leads.`
    : 'Nobody leads just now. This is changed by whoever leads.'
}
