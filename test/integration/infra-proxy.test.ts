import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { connect as connectHttp2 } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startNginx, type TestNginx } from '../support/start-nginx.ts'
import { until } from '../support/until.ts'
import { type FirstStart, firstStart } from './infra-first-start.ts'

/** Two servers that do what a process of Caseroom does when it ends at the worst moment. */
let servers: Server[] = []
let answers: RequestListener[] = []
let heard: { by: number; request: IncomingMessage }[] = []
let start: FirstStart
let nginx: TestNginx

const fine: RequestListener = (request, response) => {
  request.resume()
  request.once('end', () => response.end('fine'))
}

const cut: RequestListener = (request) => request.socket.destroy()

beforeAll(async () => {
  start = firstStart()
  servers = [0, 1].map((by) =>
    createServer((request, response) => {
      heard.push({ by, request })
      answers[by]?.(request, response)
    }).listen(0, '127.0.0.1'),
  )
  await Promise.all(servers.map((server) => once(server, 'listening')))
  nginx = await startNginx({
    folder: start.folder,
    processes: servers.map((server) => (server.address() as AddressInfo).port) as [number, number],
  })
})
afterAll(async () => {
  await nginx.stop()
  for (const server of servers) server.close()
  start.remove()
})
beforeEach(() => {
  answers = [fine, fine]
  heard = []
})

describe('infra/nginx/caseroom.conf', () => {
  it('is accepted without a warning', () => {
    expect(nginx.checked).toContain('test is successful')
    expect(nginx.checked).not.toMatch(/\[(warn|error|emerg)\]/)
  })

  it('[OPS-2] shares requests out, and asks the other where one broke off or says that it stops', async () => {
    await Promise.all(Array.from({ length: 8 }, () => fetch(nginx.url)))
    expect(new Set(heard.map(({ by }) => by))).toEqual(new Set([0, 1]))
    answers[0] = cut
    for (let n = 0; n < 4; n++) expect((await fetch(nginx.url)).status).toBe(200)
    answers[0] = (_request, response) => response.writeHead(503).end()
    for (let n = 0; n < 4; n++) expect((await fetch(nginx.url)).status).toBe(200)
  })

  it('[OPS-2] never sends a POST twice, and shuts nobody out for one that failed', async () => {
    answers = [cut, cut]
    for (let n = 1; n <= 4; n++) {
      expect((await fetch(nginx.url, { method: 'POST', body: 'once' })).status).toBe(502)
      expect(heard).toHaveLength(n)
    }
    answers = [fine, fine]
    expect((await fetch(nginx.url, { method: 'POST', body: 'once' })).status).toBe(200)
  })

  it('tells where a request comes from, whatever its sender says of itself', async () => {
    const said = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'gopher' }
    await fetch(`${nginx.url}/join`, { headers: said })
    expect(heard[0]?.request.headers).toMatchObject({
      host: `127.0.0.1:${nginx.port}`,
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': `127.0.0.1:${nginx.port}`,
    })
  })

  it('sends plain HTTP to the same page by https, and answers nothing else there', async () => {
    const plain = await fetch(`http://127.0.0.1:${nginx.plainPort}/join?x=1`, {
      redirect: 'manual',
    })
    expect(plain.status).toBe(301)
    expect(plain.headers.get('location')).toBe('https://127.0.0.1/join?x=1')
    expect(heard).toEqual([])
  })

  it('[SEC-4] keeps the figures of processes inside, and tells browsers to come by https', async () => {
    expect((await fetch(`${nginx.url}/metrics`)).status).toBe(404)
    expect(heard).toEqual([])
    const page = await fetch(nginx.url)
    expect(page.headers.get('strict-transport-security')).toBe('max-age=31536000')
  })

  it('speaks HTTP/2 with browsers', async () => {
    const session = connectHttp2(nginx.url)
    try {
      const [headers] = await once(session.request({ ':path': '/' }), 'response')
      expect(headers[':status']).toBe(200)
      expect(session.alpnProtocol).toBe('h2')
    } finally {
      session.destroy()
    }
  })

  it('refuses bodies beyond what each address takes', async () => {
    const body = Buffer.alloc(2 * 1024 * 1024)
    expect((await fetch(`${nginx.url}/api/imports`, { method: 'POST', body })).status).toBe(200)
    const elsewhere = await fetch(`${nginx.url}/api/conferences/join`, { method: 'POST', body })
    expect(elsewhere.status).toBe(413)
    expect(heard).toHaveLength(1)
  })

  it('[SEC-4] writes down neither addresses asked for nor what is in them', async () => {
    const lines = () => nginx.accessLog().split('\n').length
    const before = lines()
    await fetch(`${nginx.url}/api/cases/8f14e45f?q=Mustermann`)
    await until('the line is written', () => lines() > before)
    expect(nginx.accessLog()).toMatch(
      /^\S+ 127\.0\.0\.1 GET 200 [\d.]+s \d+ 127\.0\.0\.1:\d+ 200$/m,
    )
    expect(nginx.accessLog()).not.toMatch(/cases|8f14e45f|Mustermann/)
  })

  it('[OPS-2] takes a POST to the other where a process does not listen', async () => {
    servers[0]?.close()
    servers[0]?.closeAllConnections()
    for (let n = 0; n < 4; n++) {
      expect((await fetch(nginx.url, { method: 'POST', body: 'once' })).status).toBe(200)
    }
    expect(heard).toHaveLength(4)
  })
})
