import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'

let caseroom: Caseroom
beforeAll(async () => {
  caseroom = await startCaseroom({ env: { DEMO_CASE: 'on' } })
  await caseroom.opened()
})
afterAll(() => caseroom.remove())

const json = async <T>(response: Response | Promise<Response>) =>
  (await (await response).json()) as T

it('[JOIN-1] whoever opened a conference gets its links again, and nobody else does', async () => {
  const [admin, clinician] = [caseroom.token('admin'), caseroom.token('clinician')]
  const { cases } = await json<{ cases: { caseId: string }[] }>(
    caseroom.call('GET', '/api/cases', { token: clinician }),
  )
  const { conferenceId } = await json<{ conferenceId: string }>(
    caseroom.call('POST', '/api/conferences', {
      token: clinician,
      body: { caseId: cases[0]?.caseId },
    }),
  )
  const path = `/api/conferences/${conferenceId}/links`
  expect((await caseroom.call('POST', path)).status).toBe(401)
  expect((await caseroom.call('POST', path, { token: admin })).status).toBe(403)
  const unknown = '/api/conferences/no-such/links'
  expect((await caseroom.call('POST', unknown, { token: clinician })).status).toBe(404)
  const { links } = await json<{ links: { attending: string } }>(
    caseroom.call('POST', path, { token: clinician }),
  )
  const invitation = new URL(links.attending).hash.slice(1)
  const joined = caseroom.call('POST', '/api/conferences/join', {
    body: { invitation, displayName: 'Dr Back' },
  })
  expect(await json(joined)).toMatchObject({ role: 'attending' })
  const broken = caseroom.call('POST', '/api/conferences/join', {
    body: { invitation, displayName: 'Guest \ud800' },
  })
  expect((await broken).status).toBe(400)
})
