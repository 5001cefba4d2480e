import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { connect as connectHttp2 } from 'node:http2'
import { request as httpsRequest } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { refused } from '../../client/api/http.ts'
import { startNginx, type TestNginx } from '../support/start-nginx.ts'
import { until } from '../support/until.ts'
import { infra } from './infra-compose.ts'
import { type FirstStart, firstStart } from './infra-first-start.ts'

const caseroomConf = readFileSync(join(infra, 'nginx/caseroom.conf'), 'utf8')

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

  it('[OPS-1] holds as many connections as it says, where files are few', () => {
    const [, connections] = /worker_connections (\d+);/.exec(caseroomConf)!
    const workers = readFileSync(`/proc/${nginx.pid}/task/${nginx.pid}/children`, 'utf8')
    for (const pid of workers.trim().split(' ')) {
      const [, files] = /^Max open files +(\d+)/m.exec(readFileSync(`/proc/${pid}/limits`, 'utf8'))!
      expect(Number(files)).toBeGreaterThanOrEqual(Number(connections))
    }
  })

  it('[OPS-2] shares requests out, and asks the other where one broke off or says that it stops', async () => {
    await Promise.all(Array.from({ length: 8 }, () => fetch(nginx.url)))
    expect(new Set(heard.map(({ by }) => by))).toEqual(new Set([0, 1]))
    answers[0] = cut
    for (let n = 0; n < 4; n++) expect((await fetch(nginx.url)).status).toBe(200)
    answers[0] = (_request, response) => response.writeHead(503).end()
    for (let n = 0; n < 4; n++) expect((await fetch(nginx.url)).status).toBe(200)
  })

  it('[OPS-2] finds the files of a page in whichever process is of its version', async () => {
    answers[0] = (_request, response) => response.writeHead(404).end()
    for (let n = 0; n < 4; n++) {
      expect((await fetch(`${nginx.url}/assets/index-Ab12.js`)).status).toBe(200)
    }
    answers[1] = answers[0]
    expect((await fetch(`${nginx.url}/assets/index-Ab12.js`)).status).toBe(404)
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
    // Express takes all of these for the same address.
    for (const path of ['/metrics', '/metrics/', '/METRICS', '/%6Detrics', '//metrics?x=1']) {
      expect((await fetch(nginx.url + path)).status, path).toBe(404)
    }
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

  it('[OPS-2] says in words that nobody answers, to people and to their pages', async () => {
    answers = [cut, cut]
    const page = await fetch(`${nginx.url}/conference/7`)
    expect(page.status).toBe(502)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.headers.get('content-security-policy')).toBe("default-src 'none'")
    expect(await page.text()).toContain('Caseroom does not answer at the moment.')
    const call = await fetch(`${nginx.url}/api/conferences/join`, { method: 'POST', body: '{}' })
    expect(call.status).toBe(502)
    expect(refused(call.status, await call.text())).toMatchObject({
      code: 'no-process',
      message: 'Caseroom does not answer at the moment. Try again in a minute.',
    })
    for (const answer of [page, call]) {
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000')
    }
  })

  it('[IN-1] says in words that an upload is too large, before it comes', async () => {
    const asked = httpsRequest(`${nginx.url}/api/imports`, {
      method: 'POST',
      headers: { 'content-length': 34 * 2 ** 30 },
    })
    asked.flushHeaders()
    const [response] = (await once(asked, 'response')) as [IncomingMessage]
    expect(response.statusCode).toBe(413)
    expect(refused(413, await text(response))).toMatchObject({
      code: 'upload-too-large',
      message: 'The files are larger than 32 GiB together: import them in parts.',
    })
    asked.destroy()
    expect(heard).toEqual([])
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
