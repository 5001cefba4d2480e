import type { SentKind } from '../../../shared/findings/findings.ts'
import type {
  FindingsView,
  ShownMark,
  ShownParticipant,
} from '../../../shared/findings/findings-view.ts'
import { clock, day } from '../common/format.ts'

const kinds: Readonly<Record<ShownMark['kind'], string>> = {
  point: 'Point',
  arrow: 'Arrow',
  text: 'Text',
  length: 'Length',
  angle: 'Angle',
}

/** "Length 12.3 mm", "Point", or the words of the person who made it. */
export function markName({ kind, text, measurement }: ShownMark): string {
  const measured =
    measurement &&
    (measurement.quantity === 'length'
      ? `${measurement.valueMm.toFixed(1)} mm`
      : `${measurement.valueDegrees.toFixed(1)}°`)
  return [text || kinds[kind], measured].filter(Boolean).join(' ')
}

const sentNames: Readonly<Record<SentKind, string>> = {
  'measurement-report': 'marks and measurements',
  minutes: 'minutes',
  'key-image': 'key images',
  'key-object-selection': 'a list of the key objects',
}

/** "marks and measurements, minutes". */
export function sentWords(sent: readonly SentKind[]): string {
  return [...new Set(sent)].map((kind) => sentNames[kind]).join(', ')
}

/** "Dr Ada Okafor 10:02–11:15", or without an end of whoever is there. */
export function stayWords({ name, joinedAtMs, leftAtMs }: ShownParticipant): string {
  return `${name} ${clock(joinedAtMs)}–${leftAtMs === undefined ? '' : clock(leftAtMs)}`
}

/** What the minutes begin with, before anybody has written any. */
export function prefilledMinutes({ openedAtMs, participants }: FindingsView): string {
  const names = [...new Set(participants.map(({ name }) => name))]
  const present = names.length > 0 ? `Present: ${names.join(', ')}\n` : ''
  return `Case conference of ${day(openedAtMs)}, ${clock(openedAtMs)}\n${present}\nAgreed:\n`
}
