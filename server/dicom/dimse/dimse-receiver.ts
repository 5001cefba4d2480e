import { readFileSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { DimseConfig } from '../../config/pacs-config.ts'
import type { Intake } from '../pacs/incoming-import.ts'
import { isAllowedSender } from './allowed-senders.ts'
import { type GatheringLimits, Gatherings } from './gatherings.ts'
import { PduConnection, type PduLimits } from './pdu-connection.ts'
import { Reception } from './reception.ts'
import { type Sender, type SenderRefusal, StorageScp } from './storage-scp.ts'

export interface DimseReceiverOptions {
  readonly config: DimseConfig
  readonly intake: Intake
  /** An AE title sent the import; durable once it resolves. */
  readonly recordSent: (callingAeTitle: string, importId: string) => Promise<void>
  /** Hears who was turned away, for whoever sets up workstations. */
  readonly onRefused: (refusal: SenderRefusal, address: string) => void
  readonly onTrouble: (error: unknown) => void
  readonly limits?: Partial<DimseLimits>
}

export interface DimseLimits extends PduLimits, GatheringLimits {
  readonly associations: number
  /** Those that have not asked for an association yet among them. */
  readonly connections: number
}

const dimseLimits: DimseLimits = {
  firstPduMs: 15_000,
  idleMs: 60_000,
  associations: 16,
  connections: 64,
  quietMs: 5000,
  gatherMs: 10 * 60_000,
}

/** Where workstations send to: what one of them sends becomes an import (PS3.4 B, PS3.8). */
export class DimseReceiver {
  readonly #options: DimseReceiverOptions
  readonly #limits: DimseLimits
  readonly #server: Server
  readonly #gatherings: Gatherings
  /** Each with when its connection has closed. */
  readonly #open = new Map<StorageScp, Promise<void>>()

  constructor(options: DimseReceiverOptions) {
    this.#options = options
    this.#limits = { ...dimseLimits, ...options.limits }
    this.#gatherings = new Gatherings({ ...options, ...this.#limits })
    const { tls } = options.config
    const greet = (socket: Socket) => this.#greet(socket)
    this.#server = tls
      ? createTlsServer(
          {
            cert: readFileSync(tls.certPath),
            key: readFileSync(tls.keyPath),
            handshakeTimeout: this.#limits.firstPduMs,
          },
          greet,
        )
      : createServer(greet)
    this.#server.maxConnections = this.#limits.connections
  }

  /** Resolves when it listens; rejects where it cannot. */
  listen(): Promise<void> {
    const { host, port } = this.#options.config
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen({ host: host.replace(/^\[|\]$/g, ''), port }, () => {
        this.#server.off('error', reject)
        this.#server.on('error', this.#options.onTrouble)
        resolve()
      })
    })
  }

  /** What is half sent has failed, and nothing of it is left; what had all come goes on. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => resolve())
    })
    const open = [...this.#open]
    for (const [scp] of open) scp.breakOff(stopped)
    await Promise.all([closed, ...open.map(([, isClosed]) => isClosed)])
    await this.#gatherings.close()
  }

  #greet(socket: Socket): void {
    const connection = new PduConnection(socket, this.#limits)
    const scp = new StorageScp(connection, {
      judge: async (sender) => {
        const refusal = await this.#judge(sender)
        if (refusal) this.#options.onRefused(refusal, sender.address)
        return refusal
      },
      open: (sender) => new Reception(() => this.#gatherings.join(sender)),
    })
    const { promise: isClosed, resolve } = Promise.withResolvers<void>()
    this.#open.set(scp, isClosed)
    connection.once('close', () => {
      this.#open.delete(scp)
      scp.closed()
      resolve()
    })
  }

  async #judge(sender: Sender): Promise<SenderRefusal | undefined> {
    const { aeTitle, allowed } = this.#options.config
    if (sender.called !== aeTitle) return 'called-ae-unknown'
    const { calling, address } = sender
    if (!(await isAllowedSender(allowed, { aeTitle: calling, address }))) {
      return 'calling-ae-not-allowed'
    }
    const accepted = [...this.#open.keys()].filter(({ isAccepted }) => isAccepted).length
    return accepted >= this.#limits.associations ? 'too-many-associations' : undefined
  }
}

const stopped = 'Caseroom was stopped while the images were on their way. Send them again.'
