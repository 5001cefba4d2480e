import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'

let caseroom: Caseroom
beforeAll(async () => {
  caseroom = await startCaseroom()
  await caseroom.opened()
})
afterAll(() => caseroom.remove())

/** Bytes as no client of ours would send them; resolves with the first line of the answer. */
async function send(requestLine: string, headers: Record<string, string>): Promise<string> {
  const socket = connect(caseroom.port, '127.0.0.1')
  await once(socket, 'connect')
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`${requestLine} HTTP/1.1\r\n${fields.join('')}\r\n`)
  const [answer] = (await once(socket.setEncoding('utf8'), 'data')) as [string]
  socket.destroy()
  return answer.split('\r\n', 1)[0] ?? ''
}

const stillThere = async () => {
  expect((await caseroom.call('GET', '/health/live')).status).toBe(200)
  expect(caseroom.running).toBe(true)
}

const close = { Connection: 'close' }
const upgrade = {
  Host: 'x',
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': Buffer.alloc(16, 1).toString('base64'),
}

describe('a request that nobody awaits', () => {
  const requests: [line: string, headers: Record<string, string>][] = [
    ['GET /__healthcheck', { Host: '[', ...close }],
    ['POST /matchmake/reconnect/x', { Host: 'x', 'X-Forwarded-Proto': 'a b', ...close }],
    ['GET /', { Host: '[', 'X-Forwarded-Proto': 'a b', ...close }],
    ['GET /%ff', { Host: 'x', ...close }],
    ['GET //[', { Host: 'x', ...close }],
    ['GET *:999999', { Host: 'x', ...close }],
    ['OPTIONS *', { Host: 'x', ...close }],
  ]
  for (const [line, headers] of requests) {
    it(`${line} with ${JSON.stringify(headers)} is answered, and ends nothing`, async () => {
      expect(await send(line, headers)).toMatch(/^HTTP\/1\.1 [24]\d\d /)
      await stillThere()
    })
  }

  for (const target of ['*:999999', '/', '//[', '/a/b', '/a/b/c?sessionId=x', '/a/b?x=%ff']) {
    it(`a web socket to ${target} is refused, and ends nothing`, async () => {
      expect(await send(`GET ${target}`, upgrade)).toBe('HTTP/1.1 400 Bad Request')
      await stillThere()
    })
  }

  it('a web socket of another origin’s page is refused, one of ours is not', async () => {
    const seat = 'GET /process/room?sessionId=none'
    expect(await send(seat, { ...upgrade, Origin: 'https://evil.example' })).toMatch(/ 403 /)
    expect(await send(seat, { ...upgrade, Origin: 'null' })).toMatch(/ 403 /)
    for (const headers of [upgrade, { ...upgrade, Origin: caseroom.url }]) {
      expect(await send(seat, headers)).toMatch(/ 101 /)
    }
    await stillThere()
  })

  it('the match-making of Colyseus is not there, so it takes no body without end', async () => {
    const routes = ['reconnect/x', 'create/conference', 'joinOrCreate/conference', 'joinById/x']
    for (const route of routes) {
      const response = await caseroom.call('POST', `/matchmake/${route}`, { body: {} })
      expect(response.status).toBe(404)
      expect(await response.json()).toMatchObject({ error: { code: 'no-such-route' } })
    }
    const lines = caseroom.stderr.trim().split('\n')
    for (const line of lines) expect(() => JSON.parse(line)).not.toThrow()
  })
})
