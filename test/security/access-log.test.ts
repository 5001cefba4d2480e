import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'

interface Entry {
  entryId: number
  action: string
  subjectId: string
  actor: { name: string }
}

let caseroom: Caseroom
let admin: string
let conferenceId: string
let caseId: string
beforeAll(async () => {
  caseroom = await startCaseroom({ env: { DEMO_CASE: 'on' } })
  await caseroom.opened()
  admin = caseroom.token('admin')
  const { conferences } = await get<{ conferences: { conferenceId: string; caseId: string }[] }>(
    '/api/conferences',
  )
  conferenceId = conferences[0]?.conferenceId ?? ''
  caseId = conferences[0]?.caseId ?? ''
})
afterAll(() => caseroom.remove())

async function get<T>(path: string): Promise<T> {
  const response = await caseroom.call('GET', path, { token: admin })
  expect(response.status, path).toBe(200)
  return (await response.json()) as T
}

const entriesOf = async (query: string) => {
  const { entries } = await get<{ entries: Entry[] }>(`/api/access-log?${query}`)
  return entries
}

describe('the access log', () => {
  it('has who read a conference without being in it, once however often', async () => {
    for (let n = 0; n < 20; n++) await get(`/api/conferences/${conferenceId}/state`)
    const entries = await entriesOf(`subjectId=${conferenceId}`)
    const did = entries.map(({ actor, action }) => `${actor.name} ${action}`)
    expect(did).toEqual(['admin saw', 'Caseroom opened'])
  })

  it('has who read one piece of a volume and never its root', async () => {
    const { volumes } = await get<{ volumes: { volumeId: string }[] }>(`/api/cases/${caseId}`)
    const volumeId = volumes[0]?.volumeId
    const token = caseroom.token('clinician')
    const piece = `/api/volumes/${volumeId}/zarr/0/c/0/0/0`
    expect([200, 404]).toContain((await caseroom.call('GET', piece, { token })).status)
    const picture = `/api/cases/${caseId}/thumbnail`
    expect((await caseroom.call('GET', picture, { token })).status).toBe(200)
    const saw = { action: 'saw', actor: { name: 'clinician' } }
    expect(await entriesOf(`subjectId=${volumeId}`)).toMatchObject([saw])
    expect((await entriesOf(`subjectId=${caseId}`))[0]).toMatchObject(saw)
  })

  it('is read back to its first entry, and refuses what makes no sense', async () => {
    const all = await entriesOf('')
    const last = all.at(-1)
    expect(await entriesOf(`before=${all[0]?.entryId}`)).toEqual(all.slice(1))
    expect(await entriesOf(`before=${last?.entryId}`)).toEqual([])
    for (const query of ['before=x', 'before=0', 'before=1&before=2', 'after=1']) {
      const refused = await caseroom.call('GET', `/api/access-log?${query}`, { token: admin })
      expect(refused.status, query).toBe(400)
    }
  })
})
