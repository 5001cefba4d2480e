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

/** Throws a StartError where the ports or the address cannot be had. */
export async function startMedia(config: MediaConfig, reports: MediaReports): Promise<Media> {
  if (config.workers === 0) return without
  setLogEventListeners({
    onerror: (_namespace, _log, error) => {
      if (error) reports.onError(error) // what it says without one may quote what was sent
    },
  })
  const { port, announcedAddress, workerBin, workers: count } = config
  const listenIp = await ipOf(config.listenHost)
  try {
    const workers = await MediaWorkers.start({
      listenIp,
      announcedAddress,
      port,
      workerBin,
      count,
      onDied: reports.onWorkerDied,
      onRetry: reports.onWorkerRetry,
    })
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
function whyNot(error: unknown, { port, workers }: MediaConfig): string {
  const { message } = error as Error
  const ports = workers === 1 ? `${port}` : `${port} to ${port + workers - 1}`
  if (message.includes('address already in use')) {
    return `MEDIA_PORT ${ports} is taken by another program, for UDP or TCP: choose another MEDIA_PORT.`
  }
  if (message.includes('permission denied')) {
    return `MEDIA_PORT ${ports} needs rights this user has not: choose another MEDIA_PORT.`
  }
  return 'MEDIA_LISTEN_IP must be an address of this machine.'
}
