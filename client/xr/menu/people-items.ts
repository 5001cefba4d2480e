import { mayShareView } from '../../../shared/conference/permissions.ts'
import type { ParticipantView } from '../../conference/conference-view.ts'
import type { MenuItem } from '../panel/menu-item.ts'
import type { MenuParts } from './menu-parts.ts'

export function peopleItems(parts: MenuParts): readonly MenuItem[] {
  const { session, view: canvas } = parts.host
  const { media } = parts
  const view = session.getSnapshot()
  const me = view.participants.find(({ isMe }) => isMe)
  const items: MenuItem[] = []
  if (session.may('takePresenter') === 'yes' && !view.me.presents) {
    items.push({
      id: 'take-lead',
      label: 'Take the lead',
      run: () => void session.command({ type: 'takePresenter' }),
    })
  }
  if (session.may('raiseHand') === 'yes' && (me?.handRaised || !view.me.presents)) {
    const raised = !me?.handRaised
    items.push({
      id: 'raise-hand',
      label: raised ? 'Raise your hand' : 'Lower your hand',
      pressed: !raised,
      run: () => void session.command({ type: 'raiseHand', raised }),
    })
  }
  if (session.may('setMuted') === 'yes' && view.me.role === 'attending') {
    items.push({
      id: 'mute-all',
      label: 'Mute all',
      detail: 'but you',
      run: () => void session.command({ type: 'setMuted', muted: true }),
    })
  }
  if (mayShareView(view.me)) {
    const { sharing } = media.getSnapshot()
    items.push({
      id: 'share-view',
      label: 'Share your view',
      detail: 'as video',
      pressed: sharing,
      run: () => media.shareView(sharing ? undefined : canvas),
    })
  }
  const others = view.participants.filter(({ isMe }) => !isMe)
  return [...items, ...others.map((person) => personItem(person, parts))]
}

function personItem(person: ParticipantView, { host }: MenuParts): MenuItem {
  const { session } = host
  const { participantId, displayName, colour, role, away } = person
  const words = [
    role,
    person.presents && 'leads',
    person.handRaised && 'hand up',
    person.speaking && 'speaking',
    person.muted && 'muted',
    away && 'away',
  ]
  return {
    id: participantId,
    label: displayName,
    colour,
    detail: words.filter(Boolean).join(' · '),
    children: () => [
      {
        id: 'hand-over',
        label: 'Hand over',
        detail: 'the lead',
        disabled: session.may('handPresenter') !== 'yes' || role === 'observer' || away,
        run: () => void session.command({ type: 'handPresenter', participantId }),
      },
      {
        id: 'mute',
        label: 'Mute',
        disabled: session.getSnapshot().me.role !== 'attending' || role === 'observer',
        run: () => void session.command({ type: 'setMuted', participantId, muted: true }),
      },
    ],
  }
}
