import type { Minutes } from '../../../shared/findings/findings.ts'
import { codes } from './code.ts'
import {
  container,
  dateTime,
  language,
  observer,
  person,
  rootContainer,
  text,
} from './content-item.ts'
import type { DataSet } from './data-set.ts'
import { instanceModules, reportModules, type Sending } from './report-modules.ts'

const basicTextSr = '1.2.840.10008.5.1.4.1.1.88.11'

/** A Basic Text SR: when they met, who was there, what was agreed. */
export function minutesReport(sending: Sending, minutes: Minutes): DataSet {
  const { findings } = sending
  const { openedAtMs, closedAtMs, participants } = minutes
  return {
    ...instanceModules(sending, {
      sopClassUID: basicTextSr,
      modality: 'SR',
      kind: 'minutes',
      seriesDescription: 'Caseroom: minutes',
      seriesNumber: 9302,
    }),
    ...reportModules(findings, undefined),
    ...rootContainer(codes.minutes, undefined, [
      language(),
      ...(findings.signedBy === undefined ? [] : observer(findings.signedBy)),
      dateTime('CONTAINS', codes.dateTimeStarted, openedAtMs),
      ...(closedAtMs === undefined ? [] : [dateTime('CONTAINS', codes.dateTimeEnded, closedAtMs)]),
      ...(participants.length > 0
        ? [
            container(
              codes.participants,
              participants.map(({ name }) => person('CONTAINS', codes.personName, name)),
            ),
          ]
        : []),
      container(codes.conclusions, [text('CONTAINS', codes.conclusion, minutes.text)]),
    ]),
    CodingSchemeIdentificationSequence: [
      { CodingSchemeDesignator: '99CASEROOM', CodingSchemeName: 'Caseroom' },
    ],
  }
}
