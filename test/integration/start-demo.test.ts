import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from '@colyseus/sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ConferenceState } from '../../shared/conference/state.ts'
import { CloseCode } from '../../shared/protocol/close-codes.ts'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { until } from '../support/until.ts'

const demoFolder = join(import.meta.dirname, '../../infra/demo/ct')

let caseroom: Caseroom
let links: { attending: string; guests: string }
beforeAll(async () => {
  caseroom = await startCaseroom({ env: { DEMO_CASE: '' } })
  links = await caseroom.opened()
})
afterAll(() => caseroom.remove())

interface JoinAnswer {
  seat: Parameters<Client['consumeSeatReservation']>[0]
  participantId: string
  role: string
  token: string
}

async function joinBy(link: string, displayName: string) {
  const invitation = new URL(link).hash.slice(1)
  const response = await caseroom.call('POST', '/api/conferences/join', {
    body: { invitation, displayName },
  })
  expect(response.status).toBe(200)
  const answer = (await response.json()) as JoinAnswer
  const cookie = response.headers.get('set-cookie')
  const room = await new Client(caseroom.url).consumeSeatReservation(
    answer.seat,
    ConferenceState as never,
  )
  room.onMessage('*', () => undefined)
  room.reconnection.enabled = false
  return { ...answer, cookie, room }
}

const conferences = async () => {
  const response = await caseroom.call('GET', '/api/conferences', { token: caseroom.token() })
  const body = (await response.json()) as { conferences: { conferenceId: string }[] }
  return body.conferences.map(({ conferenceId }) => conferenceId)
}

describe('a new installation', () => {
  it('[JOIN-1] prints two links to a conference on the demo case, once it can be seen', async () => {
    for (const link of [links.attending, links.guests]) {
      expect(link).toMatch(new RegExp(`^${caseroom.url}/join#[\\w-]{43}$`))
    }
    const cases = await caseroom.call('GET', '/api/cases', { token: caseroom.token() })
    expect(await cases.json()).toMatchObject({ total: 1, cases: [{ modality: 'CT' }] })
    expect(await conferences()).toHaveLength(1)
    for (const link of [links.attending, links.guests]) {
      expect(caseroom.stderr).not.toContain(new URL(link).hash.slice(1))
    }
  })

  it('lets the attending into conference and library, a guest into the conference alone', async () => {
    const attending = await joinBy(links.attending, 'Dr Okafor')
    const guest = await joinBy(links.guests, 'Dr Guest')
    expect([attending.role, guest.role]).toEqual(['attending', 'resident'])
    expect(guest.cookie).toBeNull()
    const cookie = attending.cookie?.split(';')[0] ?? ''
    const library = await fetch(`${caseroom.url}/api/cases`, { headers: { cookie } })
    expect(library.status).toBe(200)
    const refused = await caseroom.call('GET', '/api/cases', { token: guest.token })
    expect(refused.status).toBe(403)

    const metrics = await (await caseroom.call('GET', '/metrics')).text()
    expect(metrics).toMatch(/^caseroom_conferences 1$/m)
    expect(metrics).toMatch(/^caseroom_participants\{role="attending"\} 1$/m)
    expect(metrics).toMatch(/^caseroom_participants\{role="resident"\} 1$/m)
    expect(metrics).toMatch(/^caseroom_imports_total\{state="ready"\} 1$/m)

    const [conferenceId] = await conferences()
    const stateBy = async (token: string, id = conferenceId) =>
      (await caseroom.call('GET', `/api/conferences/${id}/state`, { token })).status
    expect(await stateBy(guest.token)).toBe(200)
    expect(await stateBy(guest.token, 'another')).toBe(403)
    expect(await stateBy(caseroom.token(), 'another')).toBe(404)

    const log = await caseroom.call('GET', '/api/access-log', { token: caseroom.token('admin') })
    const { entries } = (await log.json()) as {
      entries: { action: string; actor: { name: string } }[]
    }
    const did = entries.map(({ action, actor }) => `${actor.name} ${action}`)
    expect(did).toEqual(
      expect.arrayContaining([
        'Caseroom opened',
        'Dr Okafor signed-in-by-printed-link',
        'Dr Okafor joined',
        'Dr Okafor saw',
        'Dr Guest joined',
      ]),
    )
    await Promise.all([attending.room.leave(), guest.room.leave()])
    expect(caseroom.stderr).not.toMatch(/Okafor|Guest/)
  })

  it('on SIGTERM lets go of everybody with a code that says come back, within 5 s', async () => {
    const guest = await joinBy(links.guests, 'Dr Guest')
    const left = new Promise<number>((resolve) => guest.room.onLeave(resolve))
    const fromMs = Date.now()
    expect(await caseroom.stop()).toBe(0)
    expect(Date.now() - fromMs).toBeLessThan(5_000)
    expect(await left).toBe(CloseCode.ServerStopping)
  })

  it('started again opens the same conference, and earlier links still work', async () => {
    const { dataDir, port } = caseroom
    caseroom = await startCaseroom({ env: { DEMO_CASE: '' }, dataDir, port })
    const again = await caseroom.opened()
    expect(again.attending).not.toBe(links.attending)
    expect(await conferences()).toHaveLength(1)
    const [conferenceId] = await conferences()
    for (const link of [links.attending, again.attending]) {
      const { room } = await joinBy(link, 'Dr Okafor')
      expect(room.roomId).toBe(conferenceId)
      await room.leave()
    }
  })

  it('once it has a case of its own opens on the library, unless it is told otherwise', async () => {
    const form = new FormData()
    for (const name of readdirSync(demoFolder)) {
      form.append('files', new Blob([readFileSync(join(demoFolder, name))]), name)
    }
    const token = caseroom.token()
    const accepted = await caseroom.call('POST', '/api/imports', { token, body: form })
    const { importId } = (await accepted.json()) as { importId: string }
    await until(
      'the import has ended',
      async () => {
        const response = await caseroom.call('GET', `/api/imports/${importId}`, { token })
        return ((await response.json()) as { state: string }).state === 'ready'
      },
      60_000,
    )
    const { dataDir, port } = caseroom
    await caseroom.stop()
    caseroom = await startCaseroom({ env: { DEMO_CASE: '' }, dataDir, port })
    expect((await caseroom.opened()).attending).toContain('/sign-in#')
    await caseroom.stop()
    caseroom = await startCaseroom({ env: { DEMO_CASE: 'on' }, dataDir, port })
    expect((await caseroom.opened()).attending).toContain('/join#')
  })
})
