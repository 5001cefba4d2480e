import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Client } from '@colyseus/sdk'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ConferenceState } from '../../shared/conference/state.ts'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { until } from '../support/until.ts'

let caseroom: Caseroom
let printed: { attending: string; guests: string }
beforeEach(async () => {
  caseroom = await startCaseroom({ env: { DEMO_CASE: 'on' } })
  printed = await caseroom.opened()
})
afterEach(() => caseroom.remove())

interface Joined {
  seat: Parameters<Client['consumeSeatReservation']>[0]
  role: string
  token: string
}

const enter = (by: { invitation: string } | { code: string }, displayName: string) =>
  caseroom.call('POST', '/api/conferences/join', { body: { ...by, displayName } })
const invitationOf = (link: string) => ({ invitation: new URL(link).hash.slice(1) })
const json = async <T>(response: Promise<Response>) => (await (await response).json()) as T

async function demo() {
  const { conferences } = await json<{
    conferences: { conferenceId: string; caseId: string; code: string }[]
  }>(caseroom.call('GET', '/api/conferences', { token: caseroom.token() }))
  const [conference] = conferences
  if (!conference) throw new Error('the demo case has no conference')
  return conference
}

async function sit({ seat }: Joined) {
  const room = await new Client(caseroom.url).consumeSeatReservation(seat, ConferenceState as never)
  room.onMessage('*', () => undefined)
  room.reconnection.enabled = false
  return room
}

describe('the printed link', () => {
  it('lets everybody in as attending, and signs in whoever comes first', async () => {
    const names = ['Dr Okafor', 'Dr Malik', 'Dr Silva', 'Dr Ito']
    const answers = await Promise.all(
      names.map((name) => enter(invitationOf(printed.attending), name)),
    )
    for (const answer of answers) expect(await answer.json()).toMatchObject({ role: 'attending' })
    const cookies = answers.map(({ headers }) => headers.get('set-cookie')).filter(Boolean)
    expect(cookies).toHaveLength(1)
    const cookie = cookies[0]?.split(';')[0] ?? ''
    const library = await fetch(`${caseroom.url}/api/cases`, { headers: { cookie } })
    expect(library.status).toBe(200)
    const again = await enter(invitationOf(printed.attending), 'Dr Okafor')
    expect([again.status, again.headers.get('set-cookie')]).toEqual([200, null])
    const { entries } = await json<{ entries: { action: string; actor: { name: string } }[] }>(
      caseroom.call('GET', '/api/access-log', { token: caseroom.token('admin') }),
    )
    const signedIn = entries.filter(({ action }) => action.startsWith('signed-in'))
    expect(signedIn).toMatchObject([{ action: 'signed-in-by-printed-link' }])
    expect(names).toContain(signedIn[0]?.actor.name)
  })
})

describe('what opens a conference', () => {
  it('opens nothing once it has been closed: neither tokens nor links nor the code', async () => {
    const { conferenceId, caseId, code } = await demo()
    const attending = await json<Joined>(enter(invitationOf(printed.attending), 'Dr Okafor'))
    const guest = await json<Joined>(enter(invitationOf(printed.guests), 'Guest'))
    const { volumes } = await json<{ volumes: { volumeId: string }[] }>(
      caseroom.call('GET', `/api/cases/${caseId}`, { token: guest.token }),
    )
    const paths = [
      `/api/cases/${caseId}`,
      `/api/cases/${caseId}/thumbnail`,
      `/api/volumes/${volumes[0]?.volumeId}/zarr/zarr.json`,
      `/api/conferences/${conferenceId}/state`,
      '/api/me',
    ]
    const read = (path: string) => caseroom.call('GET', path, { token: guest.token })
    for (const path of paths) expect((await read(path)).status, path).toBe(200)

    const room = await sit(attending)
    await sit(guest)
    const left = new Promise((resolve) => room.onLeave(resolve))
    await room.request('command' as never, { commandId: 'end', type: 'closeConference' } as never)
    const refused = async (path: string) => {
      const response = await read(path)
      expect(response.status, path).toBe(403)
      expect(await response.json()).toMatchObject({ error: { code: 'conference-closed' } })
    }
    for (const path of paths) await refused(path)
    await left
    await until('nobody is held', async () =>
      /^caseroom_conferences 0$/m.test(await (await caseroom.call('GET', '/metrics')).text()),
    )
    for (const path of paths) await refused(path)
    expect((await enter(invitationOf(printed.guests), 'Late')).status).toBe(410)
    expect((await enter({ code }, 'Late')).status).toBe(404)
    const state = `/api/conferences/${conferenceId}/state`
    expect((await caseroom.call('GET', state, { token: caseroom.token() })).status).toBe(200)
  })

  it('the code does for 24 h, and says so then', async () => {
    const { conferenceId, code } = await demo()
    expect((await enter({ code }, 'In time')).status).toBe(200)
    const database = new DatabaseSync(join(caseroom.dataDir, 'caseroom.sqlite'))
    const openedAtMs = Date.now() - 24 * 3_600_000
    database.exec('pragma busy_timeout = 5000')
    database
      .prepare('update conferences set opened_at_ms = ? where conference_id = ?')
      .run(openedAtMs, conferenceId)
    database.close()
    const late = await enter({ code }, 'Late')
    expect(late.status).toBe(410)
    expect(await late.json()).toMatchObject({ error: { code: 'code-expired' } })
    expect((await enter(invitationOf(printed.guests), 'Invited')).status).toBe(200)
  })
})
