import { setTimeout as delay } from 'node:timers/promises'
import { observer, type types } from 'mediasoup'
import { startMedia } from '../../server/media/start-media.ts'
import { freeMediaPort } from '../../test/support/free-media-port.ts'
import { cpuSeconds } from '../process-usage.ts'
import type { JudgedBudget } from '../reporting/bench-result.ts'
import { judgeFigures } from '../reporting/judge-figures.ts'
import { spread } from '../statistics.ts'
import { table } from '../table.ts'
import { openSendingPage } from './open-sending-page.ts'
import { openSilentSink } from './silent-sink.ts'
import { addConsumer, bytesSent, type SyntheticConsumer } from './synthetic-consumers.ts'

const rounds = 3
const roundMs = 6_000
const settleMs = 2_000
/** A sender with a busy processor takes its time to reach the largest layer, or does not. */
const longestClimbMs = 10_000
/** mediasoup.org, "Scalability": over 500 consumers in total for a worker, which is one core. */
const documentedPerCore = 500

const loads = [
  { kind: 'audio', what: 'a voice, Opus', count: 200 },
  { kind: 'video', what: 'a view, VP8, simulcast', count: 60 },
] as const

/** What one more consumer costs the worker, with a browser's own voice and simulcast to pass on. */
export async function consumerCost(): Promise<{ text: string; budgets: JudgedBudget[] }> {
  const routers: types.Router[] = []
  observer.once('newworker', (worker) => {
    worker.observer.once('newrouter', (router) => routers.push(router))
  })
  const media = await startMedia(
    {
      workers: 1,
      port: await freeMediaPort(),
      listenHost: '127.0.0.1',
      announcedAddress: undefined,
      workerBin: process.env.MEDIASOUP_WORKER_BIN,
      turn: undefined,
    },
    {
      onUnavailable: (error) => {
        throw error
      },
      onWorkerDied: () => undefined,
      onWorkerRetry: () => undefined,
      onError: (error) => {
        throw error
      },
    },
  )
  const producerIds = { audio: '', video: '' }
  const conference = media.rooms.open({
    standingOf: () => ({ role: 'attending', presents: true, muted: false }),
    onChange: (_, { voiceProducerId, viewProducerId }) => {
      producerIds.audio = voiceProducerId ?? producerIds.audio
      producerIds.video = viewProducerId ?? producerIds.video
    },
    tell: () => undefined,
    failed: (error) => {
      throw error
    },
  })
  const sink = await openSilentSink()
  const page = await openSendingPage((request) => conference.request('sender', request))
  try {
    const [router] = routers
    const [pid] = media.pids()
    if (!router || !pid) throw new Error('there is no router to measure')
    const rows: string[][] = []
    const budgets: JudgedBudget[] = []
    for (const { kind, what, count } of loads) {
      const costs: number[] = []
      let kbps = 0
      let layer: number | undefined
      for (let round = 0; round < rounds; round++) {
        const idle = await cpuPercent(pid)
        const consumers: SyntheticConsumer[] = []
        for (let n = 0; n < count; n++) {
          consumers.push(await addConsumer(router, producerIds[kind], sink.port))
        }
        await climbed(consumers)
        const before = await bytesSent(consumers)
        const busy = await cpuPercent(pid)
        kbps = (((await bytesSent(consumers)) - before) * 8) / roundMs / count
        layer = consumers[0]?.consumer.currentLayers?.spatialLayer
        costs.push((busy - idle) / count)
        for (const consumer of consumers) consumer.close()
      }
      const perCore = costs.map((cost) => 100 / cost)
      budgets.push(
        judgeFigures({
          what: `${what}: consumers for a core`,
          values: perCore,
          unit: '',
          digits: 0,
          limit: { atLeast: documentedPerCore },
          why: 'what mediasoup documents: three boards of twelve who all speak and watch',
        }),
      )
      rows.push([
        layer === undefined ? what : `${what}, layer ${layer} of 0 to 2`,
        `${count}`,
        kbps.toFixed(0),
        spread(costs, 3),
        spread(perCore, 0),
        spread(
          perCore.map((consumers) => consumers / documentedPerCore),
          2,
        ),
      ])
    }
    const text = table(
      [
        'what',
        'consumers',
        'kbit/s each',
        'CPU % each',
        'for a core',
        `beside ${documentedPerCore}`,
      ],
      rows,
    )
    return { text, budgets }
  } finally {
    await page.close()
    await sink.close()
    conference.close()
    media.close()
  }
}

/** All on the largest layer, where there are layers; or long enough waited for. */
async function climbed(consumers: readonly SyntheticConsumer[]): Promise<void> {
  await delay(settleMs)
  const deadlineMs = performance.now() + longestClimbMs
  const low = ({ consumer }: SyntheticConsumer) =>
    consumer.type === 'simulcast' && consumer.currentLayers?.spatialLayer !== 2
  while (consumers.some(low) && performance.now() < deadlineMs) await delay(100)
}

/** Of one core, over a round. */
async function cpuPercent(pid: number): Promise<number> {
  const [startSeconds, startMs] = [await cpuSeconds(pid), performance.now()]
  await delay(roundMs)
  return (((await cpuSeconds(pid)) - startSeconds) * 100_000) / (performance.now() - startMs)
}
