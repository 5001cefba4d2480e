import { Hand, MicOff } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import type { ConferenceSession } from '../../conference/conference-session.ts'
import type { ConferenceView, ParticipantView } from '../../conference/conference-view.ts'
import { count } from '../common/format.ts'
import { IconButton } from '../common/icon-button.tsx'
import { PersonBadge } from '../common/person-badge.tsx'
import { Tip } from '../common/tip.tsx'
import { mayMuteOthers, microphoneWordsOf } from './muting.ts'

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
  const mayMute = mayMuteOthers(session) && view.participants.some(isAudible)
  if (!mayTake && !mayRaise && !mayMute) return null
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
      {mayMute && (
        <Tip text="Everybody else; each can speak up again" keys="Shift+K">
          <Button
            className="button"
            data-testid="mute-all"
            onPress={() => void session.command({ type: 'setMuted', muted: true })}
          >
            <MicOff className="icon" aria-hidden />
            Mute all
          </Button>
        </Tip>
      )}
    </div>
  )
}

const isAudible = ({ isMe, microphone }: ParticipantView): boolean => !isMe && microphone === 'open'

function Person({ person, session }: { person: ParticipantView; session: ConferenceSession }) {
  const { participantId, displayName, initials, colour, role, away } = person
  const mayHand =
    session.may('handPresenter') === 'yes' && !person.isMe && role !== 'observer' && !away
  const words = [
    person.isMe && 'you',
    role,
    person.presents && 'leads',
    away && 'away, coming back',
    microphoneWordsOf(person),
    person.needsView && 'watches video',
  ].filter(Boolean)
  return (
    <li className="person" data-away={away || undefined}>
      <PersonBadge
        initials={initials}
        colour={colour}
        away={away}
        speaking={person.speaking && person.microphone === 'open' && !person.away}
      />
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
      {mayMuteOthers(session) && isAudible(person) && (
        <IconButton
          icon={MicOff}
          name={`Mute ${displayName}`}
          onPress={() => void session.command({ type: 'setMuted', participantId, muted: true })}
        />
      )}
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
