import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import express, { type ErrorRequestHandler, type RequestHandler } from 'express'
import { type AccessAction, accessActor } from '../../server/audit/access-log.ts'
import { type SightAction, Sightings } from '../../server/audit/sightings.ts'
import { type SliceSource, Vault } from '../../server/dicom/index.ts'
import { HttpError } from '../../server/http/http-error.ts'
import { casesRouter } from '../../server/http/routes/cases.ts'
import { importsRouter } from '../../server/http/routes/imports.ts'
import { quarantineRouter } from '../../server/http/routes/quarantine.ts'
import { volumesRouter } from '../../server/http/routes/volumes.ts'
import type { Actor } from '../../server/identity/actor.ts'
import { FaceGuard } from '../../server/library/face-guard.ts'
import { ImportService } from '../../server/library/import-service.ts'
import { Quarantine } from '../../server/library/quarantine.ts'
import type { SpoolLimits } from '../../server/library/spool.ts'
import { onlyChild, type Siblings } from '../../server/scaling/siblings.ts'
import { type Database, openDatabase } from '../../server/storage/database.ts'
import { SqlAccessLog } from '../../server/storage/sql-access-log.ts'
import { SqlCases } from '../../server/storage/sql-cases.ts'
import { SqlFaces } from '../../server/storage/sql-faces.ts'
import { SqlImports } from '../../server/storage/sql-imports.ts'
import { SqlQuarantine } from '../../server/storage/sql-quarantine.ts'
import { SqlVault } from '../../server/storage/sql-vault.ts'
import { maskVolume } from '../../server/volume/mask-volume.ts'
import { slicePicture } from '../../server/volume/slice-picture.ts'
import { VolumePool } from '../../server/volume/volume-pool.ts'
import { VolumeStore } from '../../server/volume/volume-store.ts'
import type { CaseDetails } from '../../shared/case/case.ts'
import { endStates, type ImportStatus } from '../../shared/case/import.ts'
import { until } from '../support/until.ts'

export type LibraryApp = Awaited<ReturnType<typeof startLibraryApp>>

/**
 * The import, case and volume routes on a real port, with a real database, in a folder of their own.
 * Several may share both: `database` is then the caller's to close. The header `x-test-actor` (JSON) says who asks; without it nobody does.
 */
export async function startLibraryApp(
  options: {
    limits?: SpoolLimits
    dataDir?: string
    secretKey?: Uint8Array
    database?: Database
    siblings?: Siblings
    sweepEveryMs?: number
    /** Default: the database's own. */
    records?: SqlImports
  } = {},
) {
  const siblings = options.siblings ?? onlyChild(randomUUID())
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'caseroom-library-'))
  const database = options.database ?? (await openDatabase({ dataDir, onIdleError: () => {} }))
  const cases = new SqlCases(database.db)
  const pool = new VolumePool()
  const store = new VolumeStore(join(dataDir, 'volumes'))
  const errors: unknown[] = []
  const accessLog = new SqlAccessLog(database.db)
  const secretKey = options.secretKey ?? new Uint8Array(32).fill(7)
  const vault = new Vault(new SqlVault(database.db), secretKey)
  const quarantine = new Quarantine(
    new SqlQuarantine(database.db),
    join(dataDir, 'quarantine'),
    secretKey,
  )
  const imports = new ImportService({
    imports: options.records ?? new SqlImports(database.db),
    cases,
    pool,
    store,
    quarantine,
    vault,
    siblings,
    spoolRoot: join(dataDir, 'spool'),
    lookEveryMs: 50,
    ...(options.sweepEveryMs ? { sweepEveryMs: options.sweepEveryMs } : {}),
    ...(options.limits ? { limits: options.limits } : {}),
    onError: (_, error) => errors.push(error),
    onTrouble: (error) => errors.push(error),
  })
  await imports.start()

  const sightings = new Sightings(accessLog, Date.now)
  const recordAccess = (actor: Actor, action: AccessAction, subjectId: string) =>
    accessLog.record({ atMs: Date.now(), actor: accessActor(actor), action, subjectId })
  const recordSight = (actor: Actor, action: SightAction, subjectId: string) =>
    sightings.record(accessActor(actor), action, subjectId)
  const app = express()
  app.use(identify)
  app.use(express.json())
  app.use(importsRouter({ imports, recordAccess }))
  const faces = new FaceGuard({
    cases,
    decisions: new SqlFaces(database.db),
    mask: (manifest, keep) => maskVolume(manifest, keep, { pool, store }),
    discard: (volumeId) => store.remove(volumeId),
    isShown: async () => false,
    exclusively: (work) => work(),
    now: Date.now,
  })
  const draw = (source: SliceSource) => slicePicture(source, pool)
  app.use(quarantineRouter({ quarantine, imports, draw, recordAccess }))
  const recordErasure = (actor: Actor, caseId: string) =>
    recordAccess(actor, 'erased-patient', caseId)
  app.use(casesRouter({ cases, store, faces, vault, recordSight, recordErasure }))
  app.use(volumesRouter({ cases, store, recordSight }))
  app.use(answerError)
  const server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const get = (path: string, headers: Record<string, string> = asStaff) =>
    fetch(url + path, { headers })
  const json = async <T>(path: string): Promise<T> => {
    const answer = await get(path)
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T
  }
  const post = (form: FormData) =>
    fetch(`${url}/api/imports`, { method: 'POST', body: form, headers: asStaff })
  const ended = (importId: string) =>
    until(
      'the import ends',
      async () => {
        const status = await json<ImportStatus>(`/api/imports/${importId}`)
        return endStates.includes(status.state) ? status : undefined
      },
      50_000,
    )
  return {
    url,
    dataDir,
    imports,
    siblings,
    pool,
    store,
    cases,
    errors,
    accessLog,
    /** The imports whose files are on disk, of all processes. */
    spooled: () =>
      readdirSync(join(dataDir, 'spool')).flatMap((processId) =>
        readdirSync(join(dataDir, 'spool', processId)),
      ),
    get,
    json,
    post,
    ended,
    /** Uploads, and waits for the end of the job. */
    bring: async (form: FormData): Promise<ImportStatus> => {
      const answer = await post(form)
      if (answer.status !== 202) throw new Error(`${answer.status} ${await answer.text()}`)
      return await ended(((await answer.json()) as { importId: string }).importId)
    },
    caseOf: (status: ImportStatus) => json<CaseDetails>(`/api/cases/${status.caseIds[0]}`),
    stop: async ({ keepData = false } = {}) => {
      server.closeAllConnections()
      server.close()
      await imports.close()
      await pool.close()
      if (!options.database) await database.close()
      if (!keepData) rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export const as = (actor: Actor) => ({ 'x-test-actor': JSON.stringify(actor) })
export const asStaff = as({ kind: 'clinician', name: 'test' })

export async function formOf(paths: readonly string[], name = basename): Promise<FormData> {
  const form = new FormData()
  for (const path of paths) form.append('files', new Blob([await readFile(path)]), name(path))
  return form
}

const identify: RequestHandler = (request, _, next) => {
  const header = request.get('x-test-actor')
  if (header) Object.assign(request, { actor: JSON.parse(header) as Actor })
  next()
}

const answerError: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) return next(error)
  const refusal =
    error instanceof HttpError ? error : new HttpError(500, 'unexpected', String(error))
  const { status, code, message, details } = refusal
  response.status(status).json({ error: { code, message, details } })
}
