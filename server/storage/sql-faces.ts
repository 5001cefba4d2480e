import type { Kysely } from 'kysely'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import { type FaceDecision, type FaceDecisions, VolumesReplacedError } from '../library/ports.ts'
import type { Tables } from './tables.ts'

export class SqlFaces implements FaceDecisions {
  readonly #db: Kysely<Tables>

  constructor(db: Kysely<Tables>) {
    this.#db = db
  }

  async find(caseId: string): Promise<FaceDecision | undefined> {
    const row = await this.#db
      .selectFrom('face_decisions')
      .select('decision')
      .where('case_id', '=', caseId)
      .orderBy('decision_id', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row && JSON.parse(row.decision)
  }

  async add(caseId: string, decision: FaceDecision): Promise<void> {
    await addDecision(this.#db, caseId, decision)
  }

  async replace(
    caseId: string,
    volumes: readonly { readonly from: string; readonly to: VolumeManifest }[],
    decision: FaceDecision,
  ): Promise<void> {
    await this.#db.transaction().execute(async (transaction) => {
      for (const { from, to } of volumes) {
        const { numUpdatedRows } = await transaction
          .updateTable('volumes')
          .set({ volume_id: to.volumeId, manifest: JSON.stringify(to) })
          .where('volume_id', '=', from)
          .where('case_id', '=', caseId)
          .executeTakeFirst()
        if (numUpdatedRows !== 1n) throw new VolumesReplacedError(caseId)
      }
      await addDecision(transaction, caseId, decision)
    })
  }
}

async function addDecision(
  db: Kysely<Tables>,
  caseId: string,
  decision: FaceDecision,
): Promise<void> {
  await db
    .insertInto('face_decisions')
    .values({ case_id: caseId, decision: JSON.stringify(decision) })
    .execute()
}
