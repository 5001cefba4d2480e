import type { Kysely } from 'kysely'
import type { SealedOrigin, SealedPatient, VaultRepository } from '../dicom/index.ts'
import type { Tables } from './tables.ts'

export class SqlVault implements VaultRepository {
  readonly #db: Kysely<Tables>

  constructor(db: Kysely<Tables>) {
    this.#db = db
  }

  async addPatient({ patientKey, sealed }: SealedPatient): Promise<SealedPatient> {
    await this.#db
      .insertInto('vault_patients')
      .values({ patient_key: patientKey, sealed })
      .onConflict((conflict) => conflict.column('patient_key').doNothing())
      .execute()
    const kept = await this.findPatient(patientKey)
    if (!kept) throw new Error('a patient was erased while being added')
    return kept
  }

  async findPatient(patientKey: string): Promise<SealedPatient | undefined> {
    const row = await this.#db
      .selectFrom('vault_patients')
      .selectAll()
      .where('patient_key', '=', patientKey)
      .executeTakeFirst()
    return row && { patientKey: row.patient_key, sealed: row.sealed }
  }

  async findOrigin(caseId: string): Promise<SealedOrigin | undefined> {
    const row = await this.#db
      .selectFrom('vault_origins')
      .innerJoin('vault_patients', 'vault_patients.patient_key', 'vault_origins.patient_key')
      .select([
        'vault_patients.patient_key',
        'vault_patients.sealed as patient_sealed',
        'vault_origins.sealed',
      ])
      .where('case_id', '=', caseId)
      .executeTakeFirst()
    if (!row) return undefined
    const patient = { patientKey: row.patient_key, sealed: row.patient_sealed }
    return { caseId, patient, sealed: row.sealed }
  }

  async originsOf(patientKey: string): Promise<SealedOrigin[]> {
    const rows = await this.#db
      .selectFrom('vault_origins')
      .innerJoin('vault_patients', 'vault_patients.patient_key', 'vault_origins.patient_key')
      .select(['case_id', 'vault_patients.sealed as patient_sealed', 'vault_origins.sealed'])
      .where('vault_origins.patient_key', '=', patientKey)
      .orderBy('case_id')
      .execute()
    return rows.map((row) => ({
      caseId: row.case_id,
      patient: { patientKey, sealed: row.patient_sealed },
      sealed: row.sealed,
    }))
  }

  async erasePatient(patientKey: string): Promise<void> {
    await this.#db.transaction().execute(async (transaction) => {
      // In this order: an origin that is being added holds its patient, and is there by then.
      await transaction.deleteFrom('vault_patients').where('patient_key', '=', patientKey).execute()
      await transaction.deleteFrom('vault_origins').where('patient_key', '=', patientKey).execute()
    })
  }
}

/**
 * For a transaction that also adds the case. Adds nothing where the patient was forgotten since the
 * origin was sealed, also if they are known again: it would lead nowhere.
 */
export async function addOrigin(db: Kysely<Tables>, origin: SealedOrigin): Promise<void> {
  const { caseId, patient, sealed } = origin
  const { patientKey } = patient
  // Changes nothing, and holds the row: nobody forgets the patient until the case is stored.
  const { numUpdatedRows } = await db
    .updateTable('vault_patients')
    .set({ sealed: patient.sealed })
    .where('patient_key', '=', patientKey)
    .where('sealed', '=', patient.sealed)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) return
  await db
    .insertInto('vault_origins')
    .values({ case_id: caseId, patient_key: patientKey, sealed })
    .execute()
}
