import type { Kysely } from 'kysely'
import type { DatabaseKind } from '../database-kind.ts'

/** Who decided what about the face in a case; rows are added, never changed. */
export async function faces(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  await db.schema
    .createTable('face_decisions')
    .addColumn('decision_id', kind === 'sqlite' ? 'integer' : 'bigint', (c) =>
      kind === 'sqlite'
        ? c.primaryKey().autoIncrement()
        : c.primaryKey().generatedAlwaysAsIdentity(),
    )
    .addColumn('case_id', 'text', (c) => c.notNull().references('cases.case_id'))
    .addColumn('decision', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('face_decisions_by_case')
    .on('face_decisions')
    .columns(['case_id', 'decision_id'])
    .execute()
}
