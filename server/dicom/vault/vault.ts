import { createHmac, randomBytes } from 'node:crypto'
import type { LinkedBy } from '../../../shared/case/prior.ts'
import type { Origin } from './origin.ts'
import { derivedKey, seal, unseal } from './seal.ts'

/** Rows of sealed text, by keys that say nothing. */
export interface VaultRepository {
  /** Keeps the first where there is one already; returns what is kept. */
  addPatient(row: SealedPatient): Promise<SealedPatient>
  findPatient(patientKey: string): Promise<SealedPatient | undefined>
  findOrigin(caseId: string): Promise<SealedOrigin | undefined>
  /** Of all cases of a patient. */
  originsOf(patientKey: string): Promise<SealedOrigin[]>
  /** With all their origins; nothing can be brought back. */
  erasePatient(patientKey: string): Promise<void>
}

export interface SealedPatient {
  readonly patientKey: string
  readonly sealed: string
}

/**
 * The link from a case to where it came from; stored together with the case, or not at all where the
 * patient is forgotten by then.
 */
export interface SealedOrigin {
  readonly caseId: string
  /** Whose secret opens it. */
  readonly patient: SealedPatient
  readonly sealed: string
}

/** What the pseudonyms of one patient are made from. */
export interface PatientLink {
  readonly patient: SealedPatient
  /** 32 random bytes. */
  readonly secret: Uint8Array
}

/**
 * Who the patients are. Each has a random secret, sealed under the installation's key; pseudonyms,
 * the shift of dates and the seal of their origins all come from it, so that erasing one row erases
 * every way back.
 */
export class Vault {
  readonly #rows: VaultRepository
  readonly #indexKey: Uint8Array
  readonly #patientsKey: Uint8Array

  constructor(rows: VaultRepository, secretKey: Uint8Array) {
    this.#rows = rows
    this.#indexKey = derivedKey(secretKey, 'vault index')
    this.#patientsKey = derivedKey(secretKey, 'vault patients')
  }

  /** The same for the same identity, whichever process asks first. */
  async patient(identity: string): Promise<PatientLink> {
    const patientKey = createHmac('sha256', this.#indexKey).update(identity).digest('hex')
    const known = await this.#rows.findPatient(patientKey)
    return this.#opened(known ?? (await this.#rows.addPatient(this.#newPatient(patientKey))))
  }

  sealOrigin(link: PatientLink, caseId: string, origin: Origin): SealedOrigin {
    const sealed = seal(originsKey(link.secret), caseId, JSON.stringify(origin))
    return { caseId, patient: link.patient, sealed }
  }

  /** Undefined where the case has none, or none any more. */
  async origin(caseId: string): Promise<Origin | undefined> {
    const found = await this.#rows.findOrigin(caseId)
    if (!found) return undefined
    return this.#unsealed(found)
  }

  /**
   * Other cases of the same person, with the days from their study to this one's (PS3.3 C.7.2.1)
   * where both have a date, and what links them; none where it is forgotten whose the case is.
   */
  async casesOfSamePatient(
    caseId: string,
  ): Promise<{ caseId: string; daysEarlier?: number; linkedBy: LinkedBy }[]> {
    const found = await this.#rows.findOrigin(caseId)
    if (!found) return []
    const { patient, study } = this.#unsealed(found)
    const own = dayOf(study)
    const linkedBy = linkOf(patient) // of all alike: they are of one identity
    const others = await this.#rows.originsOf(found.patient.patientKey)
    return others
      .filter((other) => other.caseId !== caseId)
      .map((other) => {
        const day = dayOf(this.#unsealed(other).study)
        const known = own !== undefined && day !== undefined
        return { caseId: other.caseId, ...(known && { daysEarlier: own - day }), linkedBy }
      })
  }

  /** Forgets whose the case is, and all other cases of the same person; false where it is forgotten. */
  async erasePatientOf(caseId: string): Promise<boolean> {
    const found = await this.#rows.findOrigin(caseId)
    if (!found) return false
    await this.#rows.erasePatient(found.patient.patientKey)
    return true
  }

  #unsealed({ caseId, patient, sealed }: SealedOrigin): Origin {
    const { secret } = this.#opened(patient)
    return JSON.parse(unseal(originsKey(secret), caseId, sealed))
  }

  #newPatient(patientKey: string): SealedPatient {
    const secret = randomBytes(32).toString('base64url')
    return { patientKey, sealed: seal(this.#patientsKey, patientKey, secret) }
  }

  #opened(patient: SealedPatient): PatientLink {
    const secret = unseal(this.#patientsKey, patient.patientKey, patient.sealed)
    return { patient, secret: Buffer.from(secret, 'base64url') }
  }
}

/** By what `identityOf` makes the identity of. */
function linkOf({ patientId, issuerOfPatientId, patientName }: Origin['patient']): LinkedBy {
  if (patientId) return issuerOfPatientId ? 'issued-identifier' : 'identifier'
  return patientName ? 'name' : 'study'
}

/** Days since 1970 of a date as YYYYMMDD; undefined of anything else. */
function dayOf({ studyDate = '' }: Origin['study']): number | undefined {
  const [, year, month, day] = studyDate.match(/^(\d{4})(\d{2})(\d{2})$/) ?? []
  const ms = Date.parse(`${year}-${month}-${day}T00:00:00Z`)
  return Number.isNaN(ms) ? undefined : ms / 86_400_000
}

const originsKey = (secret: Uint8Array) => derivedKey(secret, 'vault origins')
