import { randomUUID } from 'node:crypto'
import { createReadStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { Vault } from '../../server/dicom/index.ts'
import { ImportService } from '../../server/library/import-service.ts'
import { Quarantine } from '../../server/library/quarantine.ts'
import { onlyChild } from '../../server/scaling/siblings.ts'
import { type Database, openDatabase } from '../../server/storage/database.ts'
import { SqlCases } from '../../server/storage/sql-cases.ts'
import { SqlImports } from '../../server/storage/sql-imports.ts'
import { SqlQuarantine } from '../../server/storage/sql-quarantine.ts'
import { SqlVault } from '../../server/storage/sql-vault.ts'
import { VolumePool } from '../../server/volume/volume-pool.ts'
import { VolumeStore } from '../../server/volume/volume-store.ts'
import type { ImportStatus } from '../../shared/case/import.ts'

export interface ImportFigures {
  readonly state: ImportStatus['state']
  /** Codes of its problems. */
  readonly codes: readonly string[]
  readonly slices: number
  /** Of the finest level. */
  readonly decodedMb: number
  /** Until the files lay in the spool, encrypted. */
  readonly receiveMs: number
  /** From there to a case in the library that survives a power cut. */
  readonly wallMs: number
  /** Of all threads meanwhile. */
  readonly cpuMs: number
}

/** The library of a server without its routes: real jobs, database, threads and volumes. */
export class ImportLibrary {
  readonly #database: Database
  readonly #pool = new VolumePool()
  readonly #store: VolumeStore
  readonly #cases: SqlCases
  readonly #imports: ImportService
  #unexpected: unknown
  readonly #ended = new Map<string, (status: ImportStatus) => void>()

  private constructor(folder: string, database: Database) {
    const { db } = database
    const secretKey = new Uint8Array(32).fill(7)
    this.#database = database
    this.#store = new VolumeStore(join(folder, 'volumes'))
    this.#cases = new SqlCases(db)
    this.#imports = new ImportService({
      imports: new SqlImports(db),
      cases: this.#cases,
      pool: this.#pool,
      store: this.#store,
      quarantine: new Quarantine(new SqlQuarantine(db), join(folder, 'quarantine'), secretKey),
      vault: new Vault(new SqlVault(db), secretKey),
      siblings: onlyChild(randomUUID()),
      spoolRoot: join(folder, 'spool'),
      onEnded: (status) => this.#ended.get(status.importId)?.(status),
      onError: (_, error) => {
        this.#unexpected = error
      },
    })
  }

  /** In a folder of its own. */
  static async open(folder: string): Promise<ImportLibrary> {
    mkdirSync(folder, { recursive: true })
    const onIdleError = (error: Error) => {
      throw error
    }
    const library = new ImportLibrary(folder, await openDatabase({ dataDir: folder, onIdleError }))
    await library.#imports.start()
    return library
  }

  /** Imports the files and takes their volumes away again. Throws what nobody expected. */
  async bring(paths: readonly string[]): Promise<ImportFigures> {
    await this.#pool.warm()
    const receivedMs = performance.now()
    const upload = await this.#imports.receive()
    for (const path of paths) await upload.addFile(createReadStream(path))
    const startMs = performance.now()
    const cpu = process.cpuUsage()
    const end = Promise.withResolvers<ImportStatus>()
    this.#ended.set(upload.importId, end.resolve)
    upload.accept()
    const { state, problems, caseIds } = await end.promise
    const wallMs = performance.now() - startMs
    const { user, system } = process.cpuUsage(cpu)
    if (this.#unexpected !== undefined) throw this.#unexpected
    const made = await this.#takeAway(caseIds)
    return {
      state,
      codes: [...new Set(problems.map(({ code }) => code))],
      ...made,
      receiveMs: startMs - receivedMs,
      wallMs,
      cpuMs: (user + system) / 1000,
    }
  }

  async close(): Promise<void> {
    await this.#imports.close()
    await this.#pool.close()
    await this.#database.close()
  }

  async #takeAway(caseIds: readonly string[]) {
    const cases = await Promise.all(caseIds.map((caseId) => this.#cases.find(caseId)))
    const volumes = cases.flatMap((each) => each?.volumes ?? [])
    for (const { volumeId } of volumes) await this.#store.remove(volumeId)
    const slices = volumes.reduce((sum, { dims }) => sum + dims[2], 0)
    const bytes = volumes.reduce((sum, { dims: [i, j, k], dataType }) => {
      return sum + i * j * k * (dataType === 'float32' ? 4 : 2)
    }, 0)
    return { slices, decodedMb: bytes / 1e6 }
  }
}
