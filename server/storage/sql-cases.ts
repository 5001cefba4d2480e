import { type Insertable, type Kysely, type Selectable, type SelectQueryBuilder, sql } from 'kysely'
import { type CaseQuery, type CaseSummary, casesPerPage } from '../../shared/case/case.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import type { CaseRecord, CaseRepository } from '../library/ports.ts'
import type { Tables } from './tables.ts'

type Row = Selectable<Tables['cases']>

export class SqlCases implements CaseRepository {
  readonly #db: Kysely<Tables>

  constructor(db: Kysely<Tables>) {
    this.#db = db
  }

  async find(caseId: string): Promise<CaseRecord | undefined> {
    const row = await this.#db
      .selectFrom('cases')
      .selectAll()
      .where('case_id', '=', caseId)
      .executeTakeFirst()
    return row && (await this.#withVolumes(row))
  }

  async findDemo(): Promise<CaseRecord | undefined> {
    const row = await this.#db
      .selectFrom('cases')
      .selectAll()
      .where('demo', '=', 1)
      .orderBy('created_at_ms')
      .limit(1)
      .executeTakeFirst()
    return row && (await this.#withVolumes(row))
  }

  async search(query: CaseQuery): Promise<{ cases: CaseSummary[]; total: number }> {
    const matching = match(this.#db.selectFrom('cases'), query)
    const { total } = await matching
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    const rows = await matching
      .selectAll('cases')
      .select((eb) =>
        eb
          .selectFrom('volumes')
          .whereRef('volumes.case_id', '=', 'cases.case_id')
          .select((inner) => inner.fn.countAll<number>().as('volume_count'))
          .as('volume_count'),
      )
      .orderBy('created_at_ms', 'desc')
      .orderBy('case_id')
      .limit(casesPerPage)
      .offset((query.page - 1) * casesPerPage)
      .execute()
    return { cases: rows.map((row) => toSummary(row, row.volume_count ?? 0)), total }
  }

  async caseOfVolume(volumeId: string): Promise<string | undefined> {
    const row = await this.#db
      .selectFrom('volumes')
      .select('case_id')
      .where('volume_id', '=', volumeId)
      .executeTakeFirst()
    return row?.case_id
  }

  async count(): Promise<number> {
    const { total } = await this.#db
      .selectFrom('cases')
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    return total
  }

  async #withVolumes(row: Row): Promise<CaseRecord> {
    const volumes = await this.#db
      .selectFrom('volumes')
      .select('manifest')
      .where('case_id', '=', row.case_id)
      .orderBy('position')
      .execute()
    return {
      ...toSummary(row, volumes.length),
      volumes: volumes.map(({ manifest }) => JSON.parse(manifest) as VolumeManifest),
      importId: row.import_id,
      demo: row.demo === 1,
    }
  }
}

/** For a transaction that also says what became of the import. */
export async function addCase(db: Kysely<Tables>, record: CaseRecord): Promise<void> {
  await db.insertInto('cases').values(toRow(record)).execute()
  await db
    .insertInto('volumes')
    .values(
      record.volumes.map((manifest, position) => ({
        volume_id: manifest.volumeId,
        case_id: record.caseId,
        position,
        manifest: JSON.stringify(manifest),
      })),
    )
    .execute()
}

type CaseSelect = SelectQueryBuilder<Tables, 'cases', object>

function match(select: CaseSelect, { q, modality, bodyPart }: CaseQuery): CaseSelect {
  let matching = select
  for (const word of (q ?? '').toLowerCase().split(/\s+/).filter(Boolean)) {
    matching = matching.where(contains('search_text', word))
  }
  if (modality) {
    const listed = sql<string>`', ' || modality || ','`
    matching = matching.where(
      sql<boolean>`${listed} like ${like(`, ${modality.toUpperCase()},`)} escape '!'`,
    )
  }
  if (bodyPart) matching = matching.where('body_part_lower', '=', bodyPart.toLowerCase())
  return matching
}

const contains = (column: string, text: string) =>
  sql<boolean>`${sql.ref(column)} like ${like(text)} escape '!'`

const like = (text: string) => `%${text.replaceAll(/[!%_]/g, '!$&')}%`

function toRow(record: CaseRecord): Insertable<Tables['cases']> {
  return {
    case_id: record.caseId,
    import_id: record.importId,
    title: record.title,
    modality: record.modality,
    body_part: record.bodyPart ?? null,
    patient_sex: record.patientSex ?? null,
    patient_age: record.patientAge ?? null,
    study_date: record.studyDate ?? null,
    demo: record.demo ? 1 : 0,
    created_at_ms: record.createdAtMs,
    search_text: `${record.title}\n${record.bodyPart ?? ''}`.toLowerCase(),
    body_part_lower: record.bodyPart?.toLowerCase() ?? null,
  }
}

function toSummary(row: Row, volumeCount: number): CaseSummary {
  return {
    caseId: row.case_id,
    title: row.title,
    modality: row.modality,
    ...(row.body_part !== null && { bodyPart: row.body_part }),
    ...(row.patient_sex !== null && { patientSex: row.patient_sex }),
    ...(row.patient_age !== null && { patientAge: row.patient_age }),
    ...(row.study_date !== null && { studyDate: row.study_date }),
    createdAtMs: row.created_at_ms,
    volumeCount,
  }
}
