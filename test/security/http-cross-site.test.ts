import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'

let caseroom: Caseroom
let cookie: string
beforeAll(async () => {
  caseroom = await startCaseroom()
  const { attending } = await caseroom.opened()
  const response = await fetch(`${caseroom.url}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: new URL(attending).hash.slice(1) }),
  })
  cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''
})
afterAll(() => caseroom.remove())

const open = (headers: Record<string, string>) =>
  fetch(`${caseroom.url}/api/conferences`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ caseId: 'none' }),
  })

describe('what another site’s page can do', () => {
  it('with the login cookie: nothing that changes anything', async () => {
    const refused = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `http://127.0.0.1:${caseroom.port + 1}` },
      {},
    ]
    for (const headers of refused) {
      const response = await open({ cookie, ...headers })
      expect(response.status, JSON.stringify(headers)).toBe(403)
      expect(await response.json()).toMatchObject({ error: { code: 'cross-site' } })
    }
    for (const headers of [{ 'sec-fetch-site': 'same-origin' }, { origin: caseroom.url }]) {
      expect((await open({ cookie, ...headers })).status, JSON.stringify(headers)).toBe(404)
    }
  })

  it('without a cookie: it cannot sign its visitor in as somebody else', async () => {
    const response = await fetch(`${caseroom.url}/api/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
      body: JSON.stringify({ token: 'x'.repeat(43) }),
    })
    expect(response.status).toBe(403)
  })

  it('reads nothing: no route names another origin', async () => {
    for (const path of ['/', '/api/me', '/health/ready', '/metrics', '/matchmake/reconnect/x']) {
      for (const method of ['GET', 'OPTIONS', 'POST']) {
        const response = await fetch(caseroom.url + path, {
          method,
          headers: { origin: 'https://evil.example' },
        })
        const names = [...response.headers.keys()]
        const cors = names.filter((name) => name.startsWith('access-control-'))
        expect(cors, `${method} ${path}`).toEqual([])
      }
    }
  })
})

describe('what a page of ours may load', () => {
  it('nothing of another origin, and no other may frame it', async () => {
    const { headers } = await caseroom.call('GET', '/')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|https?:|\*/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-powered-by')).toBeNull()
    expect(headers.get('strict-transport-security')).toBeNull()
  })
})

describe('Colyseus’s own routes', () => {
  it('give nobody a seat', async () => {
    for (const method of ['joinOrCreate', 'create', 'join', 'joinById']) {
      const response = await fetch(`${caseroom.url}/matchmake/${method}/conference`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      })
      expect(response.ok, method).toBe(false)
      expect(await response.text()).not.toContain('sessionId')
    }
  })
})
