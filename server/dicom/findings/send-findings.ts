import type { Findings, SentKind } from '../../../shared/findings/findings.ts'
import type { Origin } from '../vault/origin.ts'
import { buildFindings } from './build-findings.ts'
import type { Equipment } from './equipment.ts'
import { FindingsNotSentError } from './findings-not-sent-error.ts'

/** The vault, as far as findings go back by it. */
export interface OriginDoor {
  /** Undefined where nothing links the case to a study any more. */
  origin(caseId: string): Promise<Origin | undefined>
}

export interface FindingsStore {
  /** Throws, in words that name no patient, where sending any further is no use. */
  store(part10: Uint8Array): Promise<void>
}

export interface SendingDoors {
  readonly door: OriginDoor
  readonly store: FindingsStore
  readonly equipment: Equipment
}

/**
 * Opens the vault, and hands the objects to the PACS one after the other, each written for it; what
 * comes back says only of which kinds they were. Throws a FindingsNotSentError, or what `store` throws.
 */
export async function sendFindings(
  { door, store, equipment }: SendingDoors,
  caseId: string,
  findings: Findings,
): Promise<readonly SentKind[]> {
  const origin = await door.origin(caseId)
  if (!origin) throw new FindingsNotSentError('no-origin')
  const objects = buildFindings(origin, findings, equipment)
  for (const { part10 } of objects) await store.store(part10())
  return objects.map(({ kind }) => kind)
}
