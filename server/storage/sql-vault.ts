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
      .selectAll()
      .where('case_id', '=', caseId)
      .executeTakeFirst()
    return row && { caseId: row.case_id, patientKey: row.patient_key, sealed: row.sealed }
  }

  async erasePatient(patientKey: string): Promise<void> {
    await this.#db.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('vault_origins').where('patient_key', '=', patientKey).execute()
      await transaction.deleteFrom('vault_patients').where('patient_key', '=', patientKey).execute()
    })
  }
}

/** For a transaction that also adds the case. */
export async function addOrigin(db: Kysely<Tables>, origin: SealedOrigin): Promise<void> {
  const { caseId, patientKey, sealed } = origin
  await db
    .insertInto('vault_origins')
    .values({ case_id: caseId, patient_key: patientKey, sealed })
    .execute()
}
