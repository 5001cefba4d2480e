import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { startPostgres, type TestPostgres } from '../support/start-postgres.ts'

let postgres: TestPostgres
let caseroom: Caseroom
beforeAll(async () => {
  postgres = await startPostgres()
  const databaseUrl = await postgres.createDatabase('caseroom')
  caseroom = await startCaseroom({ env: { DATABASE_URL: databaseUrl } })
})
afterAll(async () => {
  await caseroom.remove()
  await postgres.stop()
})

const missing = async () => {
  const response = await caseroom.call('GET', '/health/ready')
  const body = (await response.json()) as { missing: string[] }
  return { status: response.status, missing: body.missing }
}

describe('Caseroom on PostgreSQL', () => {
  it('serves its library, and is not ready from the moment the database is gone', async () => {
    const token = caseroom.token()
    const cases = await caseroom.call('GET', '/api/cases', { token })
    expect(await cases.json()).toEqual({ cases: [], total: 0 })
    expect((await missing()).missing).not.toContain('database')

    await postgres.stop()
    expect(await missing()).toMatchObject({
      status: 503,
      missing: expect.arrayContaining(['database']),
    })
    const failed = await caseroom.call('GET', '/api/cases', { token })
    expect(failed.status).toBe(500)
    const { error } = (await failed.json()) as { error: { details: { requestId: string } } }
    expect(caseroom.stderr).toContain(error.details.requestId)
    expect(caseroom.running).toBe(true)
    expect(await caseroom.stop()).toBe(0)
  })
})
