import type { Kysely } from 'kysely'

/** Who the patients are, sealed; which case is whose says nothing without the installation's key. */
export async function vault(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('vault_patients')
    .addColumn('patient_key', 'text', (c) => c.primaryKey())
    .addColumn('sealed', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('vault_origins')
    .addColumn('case_id', 'text', (c) => c.primaryKey().references('cases.case_id'))
    .addColumn('patient_key', 'text', (c) => c.notNull())
    .addColumn('sealed', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('vault_origins_by_patient')
    .on('vault_origins')
    .column('patient_key')
    .execute()
}
