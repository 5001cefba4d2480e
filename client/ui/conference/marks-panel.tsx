import {
  Circle,
  Lasso,
  type LucideIcon,
  MapPin,
  MoveUpRight,
  Pipette,
  Redo2,
  Ruler,
  Trash2,
  TriangleRight,
  Type,
  Undo2,
} from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import type { AnnotationKind } from '../../../shared/conference/event.ts'
import { markMiddle } from '../../../shared/findings/mark-path.ts'
import { markNames, markWords } from '../../../shared/findings/mark-words.ts'
import { initialsOf } from '../../../shared/protocol/participant-colours.ts'
import type { ConferenceSession } from '../../conference/conference-session.ts'
import type { AnnotationView, ConferenceView } from '../../conference/conference-view.ts'
import { clock, count } from '../common/format.ts'
import { IconButton } from '../common/icon-button.tsx'
import { PersonBadge } from '../common/person-badge.tsx'
import './marks-panel.css'

const icons: Record<AnnotationKind, LucideIcon> = {
  point: MapPin,
  arrow: MoveUpRight,
  text: Type,
  probe: Pipette,
  length: Ruler,
  angle: TriangleRight,
  ellipse: Circle,
  freehand: Lasso,
}
export function MarksPanel({
  session,
  view,
}: {
  session: ConferenceSession
  view: ConferenceView
}) {
  const mayMark = session.may('addAnnotation') === 'yes'
  const newestFirst = [...view.annotations].sort((a, b) => b.atMs - a.atMs)
  return (
    <div className="panel-section">
      <div className="marks-head">
        <p className="label figures">{count(view.annotations.length, 'mark')}</p>
        {mayMark && (
          <>
            <IconButton
              icon={Undo2}
              name="Take back your last mark"
              keys="Ctrl+Z"
              isDisabled={!session.canUndo}
              testId="undo"
              onPress={() => session.undo()}
            />
            <IconButton
              icon={Redo2}
              name="Put it back"
              keys="Ctrl+Shift+Z"
              isDisabled={!session.canRedo}
              testId="redo"
              onPress={() => session.redo()}
            />
          </>
        )}
      </div>
      {newestFirst.length === 0 && (
        <p className="quiet">
          {mayMark
            ? 'Nothing is marked yet. Choose Point, Arrow, Text or a measurement and press on the tissue.'
            : 'Nothing is marked yet.'}
        </p>
      )}
      <ul className="marks" data-testid="marks">
        {newestFirst.map((mark) => (
          <Mark
            key={mark.annotationId}
            mark={mark}
            elsewhere={mark.volumeId !== view.shownVolumeId}
            session={session}
          />
        ))}
      </ul>
    </div>
  )
}

function Mark(props: { mark: AnnotationView; elsewhere: boolean; session: ConferenceSession }) {
  const { mark, elsewhere, session } = props
  const { annotationId, kind, pointsMm, authorName, colour, atMs } = mark
  const Icon = icons[kind]
  const words = markWords(mark)
  const name = words || markNames[kind]
  const middle = markMiddle(kind, pointsMm)
  const mayJump = !elsewhere && middle !== undefined && session.may('setSlicing') === 'yes'
  const told = (
    <>
      <Icon className="icon" style={{ color: colour }} aria-hidden />
      <span className="mark-words">
        <span className="figures">
          {words && mark.text === '' && <span className="mark-kind">{markNames[kind]} </span>}
          {name}
        </span>
        <span className="label figures mark-author">
          <PersonBadge small initials={initialsOf(authorName)} colour={colour} />
          {authorName} · {clock(atMs)}
          {elsewhere && ' · on another series'}
        </span>
      </span>
    </>
  )
  return (
    <li className="mark" data-testid={`mark-${kind}`}>
      {mayJump ? (
        <Button
          className="mark-jump"
          onPress={() => void session.command({ type: 'setSlicing', crosshairMm: middle })}
        >
          {told}
        </Button>
      ) : (
        told
      )}
      {session.may('deleteAnnotation', annotationId) === 'yes' && (
        <IconButton
          icon={Trash2}
          name={`Delete ${name}`}
          onPress={() => void session.command({ type: 'deleteAnnotation', annotationId })}
        />
      )}
    </li>
  )
}
