import type { Findings, SentKind } from '../../../shared/findings/findings.ts'
import type { Origin } from '../vault/origin.ts'
import type { DataSet } from './data-set.ts'
import type { Equipment } from './equipment.ts'
import { FindingsNotSentError } from './findings-not-sent-error.ts'
import { keyImage, keyImageReference } from './key-image.ts'
import { keyObjectSelection } from './key-object-selection.ts'
import { measurementReport } from './measurement-report.ts'
import { minutesReport } from './minutes-report.ts'
import { placeMark } from './place-mark.ts'
import type { Sending } from './report-modules.ts'
import { writePart10 } from './write-part10.ts'

export interface FindingsObject {
  readonly kind: SentKind
  /**
   * Identifies the patient: for the PACS alone. Written when it is asked for, since forty pictures at
   * once are a gigabyte. Throws a FindingsNotSentError where it cannot be.
   */
  readonly part10: () => Uint8Array
}

/**
 * The objects of one sending, attached to the original study, documents after what they refer to.
 * The same findings give the same objects under the same UIDs. Throws a FindingsNotSentError where
 * there is nothing to send, or a mark lies in a volume that the origin does not know.
 */
export function buildFindings(
  origin: Origin,
  findings: Findings,
  equipment: Equipment,
): readonly FindingsObject[] {
  const sending: Sending = { origin, findings, equipment }
  const marks = findings.marks.map((mark) => {
    const placed = placeMark(mark, origin, findings.volumes)
    if (!placed) throw new FindingsNotSentError('no-origin-of-volume')
    return placed
  })
  const keyImages = findings.keyImages.map((picture, index) => ({
    make: () => keyImage(sending, picture, index + 1),
    reference: keyImageReference(sending, index + 1),
  }))
  const selected = [
    ...marks.flatMap(({ sources }) => sources),
    ...keyImages.map(({ reference }) => reference),
  ]
  const objects: [SentKind, () => DataSet][] = keyImages.map(({ make }) => ['key-image', make])
  const { minutes } = findings
  if (marks.length > 0)
    objects.push(['measurement-report', () => measurementReport(sending, marks)])
  if (minutes) objects.push(['minutes', () => minutesReport(sending, minutes)])
  if (selected.length > 0) {
    objects.push(['key-object-selection', () => keyObjectSelection(sending, selected)])
  }
  if (objects.length === 0) throw new FindingsNotSentError('nothing-to-send')
  return objects.map(([kind, make]) => ({ kind, part10: () => written(make) }))
}

/** What the writer throws may quote a value of the original, so it goes no further. */
function written(make: () => DataSet): Uint8Array {
  try {
    return writePart10(make())
  } catch {
    throw new FindingsNotSentError('not-written')
  }
}
