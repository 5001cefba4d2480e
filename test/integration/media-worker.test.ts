import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { workerBin as ownBin } from 'mediasoup'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MediaRoute, MediaWorker } from '../../server/media/media-worker.ts'
import { Sending } from '../../server/media/sending.ts'
import { Speaking } from '../../server/media/speaking.ts'
import { startMedia } from '../../server/media/start-media.ts'
import type { MediaAnswer } from '../../shared/protocol/media.ts'
import { freeMediaPort } from '../support/free-media-port.ts'
import { opusParameters } from '../support/media-parameters.ts'
import { type Microphone, openMicrophone } from '../support/microphone.ts'
import { until } from '../support/until.ts'

const workerBin = process.env.MEDIASOUP_WORKER_BIN
const atLoopback = { listenIp: '127.0.0.1', announcedAddress: undefined, workerBin }

const fail = (error: unknown) => {
  throw error
}

let worker: MediaWorker
let route: MediaRoute
beforeAll(async () => {
  worker = await MediaWorker.start({ ...atLoopback, port: await freeMediaPort() })
  route = await worker.openRoute()
})
afterAll(() => worker.close())

describe('who speaks, from the levels in RTP packets', () => {
  let microphone: Microphone
  const told: string[] = []
  beforeAll(async () => {
    microphone = await openMicrophone(route.router)
    await route.levels.addProducer({ producerId: microphone.producer.id })
    new Speaking((id, on) => told.push(`${id} ${on ? 'on' : 'off'}`)).follow(
      route.levels,
      (producerId) => (producerId === microphone.producer.id ? 'a' : undefined),
    )
  })
  afterAll(() => microphone.close())

  it('[AV-1] a loud voice lights the mark, a silent one puts it out', async () => {
    microphone.dBov = -20
    await until('the mark', () => told.length > 0)
    microphone.dBov = -90
    await until('no mark', () => told.length > 1)
    expect(told.splice(0)).toEqual(['a on', 'a off'])
  })

  it('[AV-1] a voice of which nothing comes any more puts the mark out', async () => {
    microphone.dBov = -20
    await until('the mark', () => told.length > 0)
    microphone.dBov = undefined
    await until('no mark', () => told.length > 1)
    expect(told.splice(0)).toEqual(['a on', 'a off'])
  })
})

it('[AV-1] a voice whose transport ends while it is made is not there afterwards', async () => {
  const sending = new Sending(route, () => undefined)
  const { transportId } = await sending.open()
  const transport = sending.transport(transportId)
  transport?.observer.once('newproducer', () => transport.close()) // as when the page hangs up
  const producing = sending.produce({
    transportId,
    source: 'microphone',
    kind: 'audio',
    rtpParameters: opusParameters(),
  })
  await expect(producing).rejects.toMatchObject({ reason: 'no-such-transport' })
  expect(sending.producer('microphone')).toBeUndefined()
})

it('[OPS-1] conferences that begin at once are shared out among the workers', async () => {
  const port = await freeMediaPort(2)
  const media = await startMedia(
    {
      workers: 2,
      port,
      listenHost: '127.0.0.1',
      announcedAddress: undefined,
      workerBin,
      turn: undefined,
    },
    { onUnavailable: fail, onWorkerDied: () => undefined, onWorkerRetry: fail, onError: fail },
  )
  const portOf = async () => {
    const conference = media.rooms.open({
      standingOf: () => ({ role: 'observer', presents: false, muted: false }),
      onChange: () => undefined,
      tell: () => undefined,
      failed: fail,
    })
    await conference.request('A', { method: 'join' })
    const asked = { method: 'createTransport', direction: 'receive' }
    const answer = (await conference.request('A', asked)) as MediaAnswer<'createTransport'>
    return answer.ok ? answer.iceCandidates[0]?.port : answer.reason
  }
  const ports = await Promise.all(Array.from({ length: 4 }, portOf))
  media.close()
  expect(ports.toSorted()).toEqual([port, port, port + 1, port + 1])
})

it('[OPS-1] a worker whose program is gone for a while is back soon after it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'caseroom-worker-'))
  const bin = join(folder, 'worker')
  const install = () => copyFileSync(workerBin ?? ownBin, bin)
  install()
  let retries = 0
  const media = await startMedia(
    {
      workers: 1,
      port: await freeMediaPort(),
      listenHost: '127.0.0.1',
      announcedAddress: undefined,
      workerBin: bin,
      turn: undefined,
    },
    {
      onUnavailable: fail,
      onWorkerDied: () => undefined,
      onWorkerRetry: () => retries++,
      onError: fail,
    },
  )
  rmSync(bin)
  for (const pid of media.pids()) process.kill(pid, 'SIGKILL')
  await until('two attempts', () => retries >= 2)
  expect(media.census().workers).toBe(0)
  install()
  await until('the worker', () => media.census().workers === 1)
  media.close()
  rmSync(folder, { recursive: true })
})
