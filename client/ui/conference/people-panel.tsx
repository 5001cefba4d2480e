import { Hand } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import type { ConferenceSession } from '../../conference/conference-session.ts'
import type { ConferenceView, ParticipantView } from '../../conference/conference-view.ts'
import { count } from '../common/format.ts'
import { PersonBadge } from '../common/person-badge.tsx'

interface Props {
  readonly session: ConferenceSession
  readonly view: ConferenceView
}

export function PeoplePanel({ session, view }: Props) {
  const hands = view.participants.filter(({ handRaised }) => handRaised).length
  return (
    <div className="panel-section">
      <LeadControls session={session} view={view} />
      <p className="label figures">
        {count(view.participants.length, 'person', 'people')}
        {hands > 0 && ` · ${count(hands, 'hand')} raised`}
      </p>
      <ul className="people" data-testid="participants">
        {view.participants.map((person) => (
          <Person key={person.participantId} person={person} session={session} />
        ))}
      </ul>
    </div>
  )
}

function LeadControls({ session, view }: Props) {
  const mayTake = session.may('takePresenter') === 'yes' && !view.me.presents
  const raised = view.participants.some(({ isMe, handRaised }) => isMe && handRaised)
  const mayRaise = session.may('raiseHand') === 'yes' && (raised || !view.me.presents)
  if (!mayTake && !mayRaise) return null
  return (
    <div className="lead-controls">
      {mayTake && (
        <Button
          className="button"
          data-testid="take-lead"
          onPress={() => void session.command({ type: 'takePresenter' })}
        >
          Take the lead
        </Button>
      )}
      {mayRaise && (
        <Button
          className="button"
          aria-pressed={raised}
          data-testid="raise-hand"
          onPress={() => void session.command({ type: 'raiseHand', raised: !raised })}
        >
          <Hand className="icon" aria-hidden />
          {raised ? 'Lower your hand' : 'Raise your hand'}
        </Button>
      )}
    </div>
  )
}

function Person({ person, session }: { person: ParticipantView; session: ConferenceSession }) {
  const { participantId, displayName, initials, colour, role, away } = person
  const mayHand =
    session.may('handPresenter') === 'yes' && !person.isMe && role !== 'observer' && !away
  const words = [
    person.isMe && 'you',
    role,
    person.presents && 'leads',
    away && 'away, coming back',
  ].filter(Boolean)
  return (
    <li className="person" data-away={away || undefined}>
      <PersonBadge initials={initials} colour={colour} away={away} />
      <div className="person-words">
        <span className="person-name">{displayName}</span>
        <span className="label">{words.join(' · ')}</span>
        {person.handRaised && (
          <span className="hand label">
            <Hand className="icon" aria-hidden />
            hand up
          </span>
        )}
      </div>
      {mayHand && (
        <Button
          className="button"
          aria-label={`Hand over the lead to ${displayName}`}
          onPress={() => void session.command({ type: 'handPresenter', participantId })}
        >
          Hand over
        </Button>
      )}
    </li>
  )
}
