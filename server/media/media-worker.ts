import { createWorker, type types } from 'mediasoup'
import { mediaCodecs } from './codecs.ts'

export interface MediaWorkerOptions {
  /** An IP address. */
  readonly listenIp: string
  /** What pages are told to send to, where that is another address than listenIp. */
  readonly announcedAddress: string | undefined
  /** UDP and TCP. */
  readonly port: number
  /** Default: where mediasoup's own set-up puts it. */
  readonly workerBin: string | undefined
}

/** A router with what a conference needs of it, on the worker that it lives and dies with. */
export interface MediaRoute {
  readonly worker: MediaWorker
  readonly router: types.Router
  readonly levels: types.AudioLevelObserver
}

const levelOptions = { maxEntries: 10, threshold: -50, interval: 300 } // dBvo, ms

/** The process could not be run at all; a port that is taken is another error. */
export class NoWorkerError extends Error {
  override readonly name = 'NoWorkerError'
}

/** A mediasoup worker process with its one port. Whoever starts it closes it. */
export class MediaWorker {
  readonly webRtcServer: types.WebRtcServer
  readonly #worker: types.Worker
  #routes = 0

  private constructor(worker: types.Worker, webRtcServer: types.WebRtcServer) {
    this.#worker = worker
    this.webRtcServer = webRtcServer
  }

  /** Rejects with NoWorkerError, or with what mediasoup says of the port. */
  static async start(options: MediaWorkerOptions): Promise<MediaWorker> {
    const { listenIp: ip, announcedAddress, port, workerBin } = options
    const worker = await createWorker({
      logLevel: 'error',
      ...(workerBin !== undefined && { workerBin }),
    }).catch((cause) => {
      throw new NoWorkerError('the media worker does not run', { cause })
    })
    try {
      const listen = { ip, port, ...(announcedAddress !== undefined && { announcedAddress }) }
      const webRtcServer = await worker.createWebRtcServer({
        listenInfos: [
          { protocol: 'udp', ...listen },
          { protocol: 'tcp', ...listen },
        ],
      })
      return new MediaWorker(worker, webRtcServer)
    } catch (error) {
      worker.close()
      throw error
    }
  }

  get pid(): number {
    return this.#worker.pid
  }

  /** Conferences that it carries, or is about to. */
  get routes(): number {
    return this.#routes
  }

  /** Ended by something else than `close`. */
  get died(): boolean {
    return this.#worker.died
  }

  onDied(listener: () => void): void {
    this.#worker.once('died', listener)
  }

  async openRoute(): Promise<MediaRoute> {
    this.#routes++
    let router: types.Router | undefined
    try {
      router = await this.#worker.createRouter({ mediaCodecs })
      const levels = await router.createAudioLevelObserver(levelOptions)
      router.observer.once('close', () => this.#routes--)
      return { worker: this, router, levels }
    } catch (error) {
      this.#routes--
      router?.close()
      throw error
    }
  }

  close(): void {
    this.#worker.close()
  }
}
