import { execFile } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { MediaHost } from '../../server/conference/ports.ts'
import { iceServersFor } from '../../server/media/ice-servers.ts'
import { startMedia } from '../../server/media/start-media.ts'
import type { IceServer } from '../../shared/protocol/media.ts'
import { freeMediaPort } from '../support/free-media-port.ts'
import { startTurn, type TestTurn } from '../support/start-turn.ts'
import { agreed, type MediaHouse, openMediaHouse } from './media-house.ts'

const secret = 'known to the relay and the house'
const hourMs = 3_600_000

let turn: TestTurn
let house: MediaHouse
beforeAll(async () => {
  turn = await startTurn({ secret })
  house = await openMediaHouse({ urls: [turn.url('udp'), turn.url('tcp')], secret })
})
afterAll(async () => {
  await house?.close()
  await turn?.stop()
})

const run = promisify(execFile)

/** What coturn's own client comes to: bytes sent over an allocation and back, or a refusal. */
async function relays({ username, credential }: IceServer): Promise<boolean> {
  const asked = ['-u', username, '-w', credential, '-p', `${turn.port}`]
  const { stdout, stderr } = await run(
    'turnutils_uclient',
    [...asked, '-n', '1', '-m', '1', '-c', '-y', '127.0.0.1'],
    { timeout: 30_000 },
  ).catch((refused: { stdout: string; stderr: string }) => refused)
  if (/Cannot complete Allocation/.test(stdout + stderr)) return false
  if (/tot_recv_msgs=2/.test(stdout + stderr)) return true
  throw new Error(`neither relayed nor refused: ${stdout}${stderr}`)
}

it('[AV-6] whoever joins is given the relay, with credentials of their own for twelve hours', async () => {
  const id = await house.newConference('relays')
  const a = await house.join(id, 'A', 'attending')
  const b = await house.join(id, 'B', 'observer')
  const beforeS = Math.floor(Date.now() / 1000)
  const { peerId, iceServers } = await agreed(a.media('join'))
  const afterS = Math.floor(Date.now() / 1000)
  expect(iceServers).toHaveLength(1)
  const [{ urls, username, credential }] = iceServers as [IceServer]
  expect(urls).toEqual([turn.url('udp'), turn.url('tcp')])
  const [expiryS, participantId] = username.split(':')
  expect(participantId).toBe('A')
  expect(Number(expiryS) - 12 * 3600).toBeGreaterThanOrEqual(beforeS)
  expect(Number(expiryS) - 12 * 3600).toBeLessThanOrEqual(afterS)
  expect(credential).toBe(createHmac('sha1', secret).update(username).digest('base64'))
  const again = await agreed(a.media('join', { peerId }))
  expect(again.resumed).toBe(true)
  expect(again.iceServers[0]?.username).toMatch(/^\d+:A$/)
  const other = await agreed(b.media('join'))
  expect(other.iceServers[0]?.username).toMatch(/^\d+:B$/)
  expect(other.iceServers[0]?.credential).not.toBe(credential)
})

it('[AV-6] the relay takes these credentials until they expire, and no others', async () => {
  const id = await house.newConference('taken')
  const a = await house.join(id, 'A', 'attending')
  const { iceServers } = await agreed(a.media('join'))
  const [given] = iceServers as [IceServer]
  expect(await relays(given)).toBe(true)
  const at = (issuedMs: number) => iceServersFor({ urls: given.urls, secret }, 'A', issuedMs)[0]!
  expect(await relays(at(Date.now() - 13 * hourMs))).toBe(false)
  const longer = given.username.replace(/^\d+/, (expiryS) => `${Number(expiryS) + 3600}`)
  expect(await relays({ ...given, username: longer })).toBe(false)
})

it('[AV-6] nobody without a seat is given a relay', async () => {
  const answer = await house.media.rooms.open(nobodySits).request('A', { method: 'join' })
  expect(answer).toMatchObject({ ok: false, reason: 'not-joined' })
  expect(JSON.stringify(answer)).not.toContain('turn:')
})

it('[AV-6] an installation without a relay names none', async () => {
  const media = await startMedia(
    {
      workers: 1,
      port: await freeMediaPort(),
      listenHost: '127.0.0.1',
      announcedAddress: undefined,
      workerBin: process.env.MEDIASOUP_WORKER_BIN,
      turn: undefined,
    },
    { onUnavailable: fail, onWorkerDied: fail, onWorkerRetry: fail, onError: fail },
  )
  const conference = media.rooms.open({
    ...nobodySits,
    standingOf: () => ({ role: 'observer', presents: false, muted: false }),
  })
  const answer = await conference.request('A', { method: 'join' })
  media.close()
  expect(answer).toMatchObject({ ok: true, iceServers: [] })
})

const fail = (error?: unknown) => {
  throw error
}

const nobodySits: MediaHost = {
  standingOf: () => undefined,
  onChange: () => undefined,
  tell: () => undefined,
  failed: () => undefined,
}
