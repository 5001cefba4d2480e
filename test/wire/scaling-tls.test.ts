import { request } from 'node:https'
import { afterAll, beforeAll, expect, it } from 'vitest'
import WebSocket from 'ws'
import { Caseroom } from '../support/start-caseroom.ts'
import { startRedis, type TestRedis } from '../support/start-redis.ts'
import { until } from '../support/until.ts'

let redis: TestRedis
let first: Caseroom
let second: Caseroom
beforeAll(async () => {
  redis = await startRedis()
  const env = { REDIS_URL: redis.url, DEMO_CASE: 'on', MEDIA_WORKERS: '0', HOST: '127.0.0.1' }
  first = await Caseroom.spawn({ env, args: ['--lan'] })
  second = await Caseroom.spawn({ env, args: ['--lan'], dataDir: first.dataDir })
  await Promise.all([first.opened(), second.opened()])
}, 120_000)
afterAll(async () => {
  await second?.stop('SIGKILL')
  await first?.remove()
  await redis?.stop()
})

/** A certificate of this very test's making is not checked here; the processes check each other's. */
const trusting = { rejectUnauthorized: false }

function post(url: string, body: object): Promise<{ seat: Record<string, string> }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' }
    const asked = request(url, { ...trusting, method: 'POST', headers }, async (response) => {
      response.setEncoding('utf8')
      let text = ''
      for await (const chunk of response) text += chunk
      resolve(JSON.parse(text))
    })
    asked.on('error', reject)
    asked.end(JSON.stringify(body))
  })
}

it('[OPS-2] [SEC-4] processes that serve https talk to each other by it', async () => {
  const { guests } = await first.opened()
  const body = { invitation: new URL(guests).hash.slice(1), displayName: 'Ben Resident' }
  const seats = [
    await post(`${first.url}/api/conferences/join`, body),
    await post(`${second.url}/api/conferences/join`, body),
  ].map(({ seat }) => seat)
  expect(new Set(seats.map(({ processId }) => processId)).size).toBe(1)
  const heard: number[] = []
  const sockets = seats.map(({ processId, roomId, sessionId }, n) => {
    const url = [first, second][n]!.url.replace('https', 'wss')
    const socket = new WebSocket(`${url}/${processId}/${roomId}?sessionId=${sessionId}`, trusting)
    socket.on('message', () => {
      heard[n] = (heard[n] ?? 0) + 1
    })
    return socket
  })
  await until('both hear the room', () => heard.filter((count) => count > 0).length === 2)
  for (const socket of sockets) socket.close()
})
