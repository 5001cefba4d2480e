import type { Kysely, Selectable, Transaction } from 'kysely'
import type { SentKind } from '../../shared/findings/findings.ts'
import type {
  KeyImageSummary,
  SavedMinutes,
  ShownSending,
} from '../../shared/findings/findings-view.ts'
import type { FindingsRepository, KeyImageRecord, SendingRecord } from '../findings/ports.ts'
import type { Tables } from './tables.ts'
import { isUniqueViolation } from './unique-violation.ts'

const broken = 'The sending broke off before the PACS had everything. Send again.'

export class SqlFindings implements FindingsRepository {
  readonly #db: Kysely<Tables>

  constructor(db: Kysely<Tables>) {
    this.#db = db
  }

  async minutes(conferenceId: string): Promise<SavedMinutes> {
    const row = await this.#db
      .selectFrom('findings_minutes')
      .select(['text', 'version'])
      .where('conference_id', '=', conferenceId)
      .executeTakeFirst()
    return row ?? { text: '', version: 0 }
  }

  async saveMinutes(
    saved: Parameters<FindingsRepository['saveMinutes']>[0],
  ): Promise<number | undefined> {
    const { conferenceId, text, version, by, atMs } = saved
    const written = { text, version: version + 1, saved_by: by, saved_at_ms: atMs }
    if (version === 0) {
      const { numInsertedOrUpdatedRows = 0n } = await this.#db
        .insertInto('findings_minutes')
        .values({ conference_id: conferenceId, ...written })
        .onConflict((conflict) => conflict.column('conference_id').doNothing())
        .executeTakeFirst()
      return numInsertedOrUpdatedRows > 0n ? written.version : undefined
    }
    const { numUpdatedRows } = await this.#db
      .updateTable('findings_minutes')
      .set(written)
      .where('conference_id', '=', conferenceId)
      .where('version', '=', version)
      .executeTakeFirst()
    return numUpdatedRows > 0n ? written.version : undefined
  }

  async addKeyImage(record: KeyImageRecord): Promise<void> {
    await this.#db
      .insertInto('findings_key_images')
      .values({
        key_image_id: record.keyImageId,
        conference_id: record.conferenceId,
        taken_at_ms: record.takenAtMs,
        taken_by: record.by,
        columns: record.columns,
        rows: record.rows,
        png: record.png,
      })
      .execute()
  }

  async keyImages(conferenceId: string): Promise<KeyImageSummary[]> {
    const rows = await this.#db
      .selectFrom('findings_key_images')
      .select(['key_image_id', 'taken_at_ms', 'taken_by', 'columns', 'rows'])
      .where('conference_id', '=', conferenceId)
      .orderBy('taken_at_ms')
      .orderBy('key_image_id')
      .execute()
    return rows.map(toSummary)
  }

  async keyImage(conferenceId: string, keyImageId: string): Promise<KeyImageRecord | undefined> {
    const row = await this.#db
      .selectFrom('findings_key_images')
      .selectAll()
      .where('conference_id', '=', conferenceId)
      .where('key_image_id', '=', keyImageId)
      .executeTakeFirst()
    return row && { ...toSummary(row), conferenceId, png: row.png }
  }

  async removeKeyImage(conferenceId: string, keyImageId: string): Promise<boolean> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('findings_key_images')
      .where('conference_id', '=', conferenceId)
      .where('key_image_id', '=', keyImageId)
      .executeTakeFirst()
    return numDeletedRows > 0n
  }

  async sendings(conferenceId: string): Promise<ShownSending[]> {
    const rows = await this.#db
      .selectFrom('findings_sendings')
      .selectAll()
      .where('conference_id', '=', conferenceId)
      .orderBy('begun_at_ms', 'desc')
      .orderBy('sending_id')
      .execute()
    return rows.map((row) => ({
      sendingId: row.sending_id,
      state: row.state as ShownSending['state'],
      signedBy: row.signed_by,
      atMs: row.signed_at_ms,
      kinds: JSON.parse(row.kinds) as SentKind[],
      ...(row.message !== null && { message: row.message }),
    }))
  }

  async beginSending(
    record: Omit<SendingRecord, 'state' | 'kinds' | 'message'>,
    abandonedBeforeMs: number,
    nowMs: number,
  ): Promise<{ sendingId: string; atMs: number } | undefined> {
    try {
      return await this.#db.transaction().execute(async (transaction) => {
        await failAbandoned(transaction, record.conferenceId, abandonedBeforeMs)
        return (
          (await beginAgain(transaction, record, nowMs)) ??
          (await beginNew(transaction, record, nowMs))
        )
      })
    } catch (error) {
      if (isUniqueViolation(error)) return undefined
      throw error
    }
  }

  async endSending(
    sendingId: string,
    ended: Parameters<FindingsRepository['endSending']>[1],
  ): Promise<void> {
    await this.#db
      .updateTable('findings_sendings')
      .set({
        state: ended.state,
        kinds: JSON.stringify(ended.state === 'sent' ? ended.kinds : []),
        message: ended.state === 'failed' ? ended.message : null,
      })
      .where('sending_id', '=', sendingId)
      .execute()
  }
}

async function failAbandoned(
  db: Transaction<Tables>,
  conferenceId: string,
  beforeMs: number,
): Promise<void> {
  await db
    .updateTable('findings_sendings')
    .set({ state: 'failed', message: broken })
    .where('conference_id', '=', conferenceId)
    .where('state', '=', 'sending')
    .where('begun_at_ms', '<', beforeMs)
    .execute()
}

async function beginAgain(
  db: Transaction<Tables>,
  { conferenceId, digest }: Pick<SendingRecord, 'conferenceId' | 'digest'>,
  nowMs: number,
): Promise<{ sendingId: string; atMs: number } | undefined> {
  const failed = await db
    .selectFrom('findings_sendings')
    .select(['sending_id', 'signed_at_ms'])
    .where('conference_id', '=', conferenceId)
    .where('digest', '=', digest)
    .where('state', '=', 'failed')
    .limit(1)
    .executeTakeFirst()
  if (!failed) return undefined
  await db
    .updateTable('findings_sendings')
    .set({ state: 'sending', begun_at_ms: nowMs, message: null })
    .where('sending_id', '=', failed.sending_id)
    .execute()
  return { sendingId: failed.sending_id, atMs: failed.signed_at_ms }
}

async function beginNew(
  db: Transaction<Tables>,
  record: Omit<SendingRecord, 'state' | 'kinds' | 'message'>,
  nowMs: number,
): Promise<{ sendingId: string; atMs: number }> {
  const { sendingId, conferenceId, digest, signedBy, atMs } = record
  await db
    .insertInto('findings_sendings')
    .values({
      sending_id: sendingId,
      conference_id: conferenceId,
      state: 'sending',
      digest,
      signed_by: signedBy,
      signed_at_ms: atMs,
      begun_at_ms: nowMs,
      kinds: '[]',
      message: null,
    })
    .execute()
  return { sendingId, atMs }
}

function toSummary(
  row: Omit<Selectable<Tables['findings_key_images']>, 'png' | 'conference_id'>,
): KeyImageSummary {
  return {
    keyImageId: row.key_image_id,
    takenAtMs: row.taken_at_ms,
    by: row.taken_by,
    columns: row.columns,
    rows: row.rows,
  }
}
