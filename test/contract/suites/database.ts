import { expect, it } from 'vitest'
import { migrate } from '../../../server/storage/migrate.ts'
import type { StorageContext } from '../storage-suite.ts'

export function databaseSuite(context: StorageContext): void {
  it('answers a ping while it is open, and none afterwards', async () => {
    await context.database.ping()
    const { database } = context
    await context.reopen()
    await expect(database.ping()).rejects.toThrow()
    await context.database.ping()
  })

  it('has nothing to migrate the second time', async () => {
    const { db, kind } = context.database
    const before = await db.introspection.getTables()
    await migrate(db, kind)
    expect(await db.introspection.getTables()).toEqual(before)
  })
}
