import type { FindingMark } from '../../shared/findings/finding-mark.ts'
import type { FindingVolume } from '../../shared/findings/findings.ts'
import { markNames, markWords } from '../../shared/findings/mark-words.ts'
import { FindingsRefusedError } from './findings-refused-error.ts'

/** Whether a mark lies in one of the volumes, or in what one was made from. */
export function liesIn(volumes: readonly FindingVolume[]): (mark: FindingMark) => boolean {
  const ids = new Set(volumes.flatMap(({ volumeId, madeFrom }) => [volumeId, madeFrom]))
  return ({ volumeId }) => ids.has(volumeId)
}

const mostNamed = 3

/** Names the first of them, so that whoever signs knows what to leave out. */
export function marksOfPrior(marks: readonly FindingMark[]): FindingsRefusedError {
  const names = marks.map((mark) => `${markNames[mark.kind]} ${markWords(mark)}`.trim())
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : ''
  return new FindingsRefusedError(
    'mark-of-prior',
    `Marks in the prior belong to its own study and are not sent with this one. Leave out: ${names.slice(0, mostNamed).join('; ')}${more}.`,
  )
}
