import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { setLogEventListeners } from 'mediasoup'
import type { MediaRooms } from '../conference/ports.ts'
import type { MediaConfig } from '../config/media-config.ts'
import { StartError } from '../config/start-error.ts'
import { type MediaCensus, nothingCounted } from './media-census.ts'
import { noMedia, SfuRooms } from './media-rooms.ts'
import { NoWorkerError } from './media-worker.ts'
import { MediaWorkers } from './media-workers.ts'

export interface Media {
  readonly rooms: MediaRooms
  census(): MediaCensus
  /** Of the worker processes that run. */
  pids(): number[]
  close(): void
}

export interface MediaReports {
  /** None could be started: the house opens without voice and video. */
  readonly onUnavailable: (error: unknown) => void
  readonly onWorkerDied: () => void
  readonly onWorkerRetry: (error: unknown) => void
  /** A listener of ours threw; mediasoup goes on. */
  readonly onError: (error: unknown) => void
}

/** Processes on one machine, of which each takes the ports after those of the one before. */
const mostBeside = 8

/** Throws a StartError where the ports or the address cannot be had. */
export async function startMedia(config: MediaConfig, reports: MediaReports): Promise<Media> {
  if (config.workers === 0) return without
  setLogEventListeners({
    onerror: (_namespace, _log, error) => {
      if (error) reports.onError(error) // what it says without one may quote what was sent
    },
  })
  const listenIp = await ipOf(config.listenHost)
  try {
    const workers = await startWorkers(config, listenIp, reports)
    const rooms = new SfuRooms(workers, config.turn)
    return {
      rooms,
      census: () => rooms.census(),
      pids: () => workers.pids,
      close: () => workers.close(),
    }
  } catch (error) {
    if (!(error instanceof NoWorkerError))
      throw new StartError(whyNot(error, config), { cause: error })
    reports.onUnavailable(error)
    return without
  }
}

async function startWorkers(
  config: MediaConfig,
  listenIp: string,
  reports: MediaReports,
): Promise<MediaWorkers> {
  const { port, announcedAddress, workerBin, workers: count } = config
  const last = config.anyPort ? port + (mostBeside - 1) * count : port
  for (let from = port; ; from += count) {
    try {
      return await MediaWorkers.start({
        listenIp,
        announcedAddress,
        port: from,
        workerBin,
        count,
        onDied: reports.onWorkerDied,
        onRetry: reports.onWorkerRetry,
      })
    } catch (error) {
      if (!isTaken(error) || from >= last) throw error
    }
  }
}

const without: Media = {
  rooms: noMedia,
  census: nothingCounted,
  pids: () => [],
  close: () => undefined,
}

async function ipOf(host: string): Promise<string> {
  if (isIP(host)) return host
  try {
    return (await lookup(host)).address
  } catch (cause) {
    throw new StartError('MEDIA_LISTEN_IP must be set, as HOST is a name without an address.', {
      cause,
    })
  }
}

/** mediasoup has no codes for it, only libuv's sentences. */
const isTaken = (error: unknown) => (error as Error).message.includes('address already in use')

function whyNot(error: unknown, { port, workers }: MediaConfig): string {
  const { message } = error as Error
  const ports = workers === 1 ? `${port}` : `${port} to ${port + workers - 1}`
  if (isTaken(error)) {
    return `MEDIA_PORT ${ports} is taken by another program, for UDP or TCP: choose another MEDIA_PORT.`
  }
  if (message.includes('permission denied')) {
    return `MEDIA_PORT ${ports} needs rights this user has not: choose another MEDIA_PORT.`
  }
  return 'MEDIA_LISTEN_IP must be an address of this machine.'
}
