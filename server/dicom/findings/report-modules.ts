import type { Findings } from '../../../shared/findings/findings.ts'
import type { Origin } from '../vault/origin.ts'
import type { DataSet } from './data-set.ts'
import { dicomDate, dicomDateTime, dicomTime } from './date-time.ts'
import { type Equipment, equipmentModule } from './equipment.ts'
import { originalModules } from './original-modules.ts'
import { personName } from './person-name.ts'
import { derivedUid } from './uid.ts'

/** Everything that the objects of one sending have in common. */
export interface Sending {
  readonly origin: Origin
  readonly findings: Findings
  readonly equipment: Equipment
}

/** What the verifying observer works for is a hospital whose name Caseroom is not told. */
const unknownOrganization = 'Not stated'

/** One object: its series and instance, and the modules that every one of them has. */
export function instanceModules(
  { origin, findings, equipment }: Sending,
  own: {
    sopClassUID: string
    modality: string
    /** Also what its series and its own UID are made of. */
    kind: string
    seriesDescription: string
    seriesNumber: number
    instanceNumber?: number
  },
): DataSet {
  const { sopClassUID, modality, kind, seriesDescription, seriesNumber, instanceNumber = 1 } = own
  const { sendingId, atMs } = findings
  return {
    SOPClassUID: sopClassUID,
    SOPInstanceUID: instanceUid(sendingId, kind, instanceNumber),
    InstanceCreationDate: dicomDate(atMs),
    InstanceCreationTime: dicomTime(atMs),
    ...originalModules(origin),
    ...equipmentModule(equipment),
    Modality: modality,
    SeriesInstanceUID: seriesUid(sendingId, kind),
    SeriesNumber: `${seriesNumber}`,
    SeriesDate: dicomDate(atMs),
    SeriesTime: dicomTime(atMs),
    SeriesDescription: seriesDescription,
    InstanceNumber: `${instanceNumber}`,
    ContentDate: dicomDate(atMs),
    ContentTime: dicomTime(atMs),
  }
}

export const seriesUid = (sendingId: string, kind: string): string =>
  derivedUid(sendingId, kind, 'series')

export const instanceUid = (sendingId: string, kind: string, instanceNumber: number): string =>
  derivedUid(sendingId, kind, 'instance', `${instanceNumber}`)

/** SR Document General (PS3.3 C.17.2): complete, and verified where somebody signed. */
export function reportModules(
  { signedBy, atMs }: Findings,
  evidence: readonly DataSet[] | undefined,
): DataSet {
  return {
    ReferencedPerformedProcedureStepSequence: [],
    PerformedProcedureCodeSequence: [],
    CompletionFlag: 'COMPLETE',
    VerificationFlag: signedBy === undefined ? 'UNVERIFIED' : 'VERIFIED',
    VerifyingObserverSequence:
      signedBy === undefined
        ? undefined
        : [
            {
              VerifyingOrganization: unknownOrganization,
              VerificationDateTime: dicomDateTime(atMs),
              VerifyingObserverName: personName(signedBy),
              VerifyingObserverIdentificationCodeSequence: [],
            },
          ],
    CurrentRequestedProcedureEvidenceSequence: evidence,
  }
}
