import { afterAll, beforeAll } from 'vitest'
import { openDatabase } from '../../server/storage/database.ts'
import { startPostgres, type TestPostgres } from '../support/start-postgres.ts'
import { storageSuite } from './storage-suite.ts'

let postgres: TestPostgres
let databases = 0

beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(async () => {
  await postgres.stop()
})

storageSuite('PostgreSQL', async () => {
  const databaseUrl = await postgres.createDatabase(`storage_${databases++}`)
  return {
    open: () => openDatabase({ databaseUrl, dataDir: '', onIdleError: () => {} }),
    remove: async () => {},
  }
})
