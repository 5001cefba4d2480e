import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'

let caseroom: Caseroom
beforeAll(async () => {
  caseroom = await startCaseroom()
})
afterAll(() => caseroom.remove())

const own = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }
const signInWith = (token: string) =>
  fetch(`${caseroom.url}/api/sign-in`, {
    method: 'POST',
    headers: own,
    body: JSON.stringify({ token }),
  })

describe('signing in', () => {
  it('by the printed link works once and opens the library', async () => {
    const { attending } = await caseroom.opened()
    const link = new URL(attending).hash.slice(1)
    const [first, second] = await Promise.all([signInWith(link), signInWith(link)])
    expect([first.status, second.status].toSorted()).toEqual([200, 401])
    const response = first.status === 200 ? first : second
    expect(await response.json()).toEqual({ kind: 'clinician', name: 'Attending' })
    const header = response.headers.get('set-cookie') ?? ''
    expect(header).toMatch(/HttpOnly/)
    expect(header).toMatch(/SameSite=Strict/)
    expect(header).toMatch(/Max-Age=43200/)
    const cookie = header.split(';')[0] ?? ''
    const get = (path: string) => fetch(caseroom.url + path, { headers: { cookie } })
    expect(await (await get('/api/me')).json()).toEqual({ kind: 'clinician', name: 'Attending' })
    expect((await get('/api/cases')).status).toBe(200)
    expect((await get('/api/access-log')).status).toBe(403)

    const log = await caseroom.call('GET', '/api/access-log', { token: caseroom.token('admin') })
    const { entries } = (await log.json()) as { entries: object[] }
    expect(entries[0]).toMatchObject({ action: 'signed-in', actor: { name: 'Attending' } })

    const out = await fetch(`${caseroom.url}/api/sign-out`, {
      method: 'POST',
      headers: { cookie, ...own },
    })
    expect(out.status).toBe(204)
    expect(out.headers.get('clear-site-data')).toBe('"cache", "storage"')
    expect(out.headers.get('set-cookie')).toMatch(/^caseroom-login=;.*Expires=Thu, 01 Jan 1970/)
  })

  it('with anything else is refused', async () => {
    for (const token of ['x', 'x'.repeat(43), caseroom.token('admin').slice(0, 200)]) {
      expect((await signInWith(token)).status).toBe(401)
    }
  })

  it('by a token works for the token’s role and for no other purpose', async () => {
    const me = await caseroom.call('GET', '/api/me', { token: caseroom.token('admin') })
    expect(await me.json()).toEqual({ kind: 'admin', name: 'admin' })
    const asCookie = await fetch(`${caseroom.url}/api/me`, {
      headers: { cookie: `caseroom-login=${caseroom.token('admin')}` },
    })
    expect(asCookie.status).toBe(401)
    const nonsense = await caseroom.call('GET', '/api/me', { token: 'no.token' })
    expect(nonsense.status).toBe(401)
  })

  it('by the token that npm run token prints works, whether the server runs or not', async () => {
    const command = join(import.meta.dirname, '../../server/commands/token.ts')
    const print = (...args: string[]) =>
      spawnSync(process.execPath, [command, ...args], {
        env: { DATA_DIR: caseroom.dataDir },
        encoding: 'utf8',
      })
    const { stdout } = print('--role', 'clinician', '--name', 'Nightly import')
    const me = await caseroom.call('GET', '/api/me', { token: stdout.trim() })
    expect(await me.json()).toEqual({ kind: 'clinician', name: 'Nightly import' })
    for (const wrong of [[], ['--role', 'attending'], ['--rule', 'admin']]) {
      const { status, stdout, stderr } = print(...wrong)
      expect([status, stdout]).toEqual([1, ''])
      expect(stderr).toMatch(/^Usage: [^\n]+\n$/)
    }
  })
})
