import { afterEach, beforeEach, describe } from 'vitest'
import type { Database } from '../../server/storage/database.ts'
import { accessLogSuite } from './suites/access-log.ts'
import { conferencesSuite } from './suites/conferences.ts'
import { databaseSuite } from './suites/database.ts'
import { eventLogSuite } from './suites/event-log.ts'
import { findingsSuite } from './suites/findings.ts'
import { importSweeperSuite } from './suites/import-sweeper.ts'
import { librarySuite } from './suites/library.ts'
import { sharedImportsSuite } from './suites/shared-imports.ts'
import { signInLinksSuite } from './suites/sign-in-links.ts'
import { vaultSuite } from './suites/vault.ts'

/** A database that can be closed and opened again on the same content. */
export interface StorageUnderTest {
  open(): Promise<Database>
  remove(): Promise<void>
}

/** What the running test works on; `reopen` is what a restart does. */
export interface StorageContext {
  readonly database: Database
  reopen(): Promise<Database>
}

/** Everything the house expects of its database, whichever it is; each test has an empty one. */
export function storageSuite(kind: string, create: () => Promise<StorageUnderTest>): void {
  describe(`storage on ${kind}`, () => {
    let storage: StorageUnderTest
    let database: Database
    beforeEach(async () => {
      storage = await create()
      database = await storage.open()
    })
    afterEach(async () => {
      await database.close()
      await storage.remove()
    })
    const context: StorageContext = {
      get database() {
        return database
      },
      reopen: async () => {
        await database.close()
        database = await storage.open()
        return database
      },
    }
    databaseSuite(context)
    librarySuite(context)
    importSweeperSuite(context)
    sharedImportsSuite(context)
    conferencesSuite(context)
    eventLogSuite(context)
    findingsSuite(context)
    signInLinksSuite(context)
    accessLogSuite(context)
    vaultSuite(context)
  })
}
