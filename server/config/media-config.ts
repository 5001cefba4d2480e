import { isIP } from 'node:net'
import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { lanAddresses } from './lan-addresses.ts'
import { StartError } from './start-error.ts'
import { chooseTurn, type TurnConfig, turnEnv } from './turn-config.ts'
import { isWildcard } from './wildcard.ts'

export interface MediaConfig {
  /** 0: no voice and no video. */
  readonly workers: number
  /** Worker n listens on `port` + n, UDP and TCP. */
  readonly port: number
  /** Nobody chose `port`: where another process of the house has it, the next free ones will do. */
  readonly anyPort?: boolean
  /** An IP address, or HOST where that is a name. */
  readonly listenHost: string
  /** Where pages send to, where that is another address than the one listened on. */
  readonly announcedAddress: string | undefined
  /** Default: where mediasoup's own set-up puts it. */
  readonly workerBin: string | undefined
  readonly turn: TurnConfig | undefined
}

const mostPorts = 65_535
const firstPort = 44_400
/** Chromium's ICE takes no candidate below but the web's own, and those at public addresses only. */
const leastPort = 1024
const webPorts = [80, 443]
const mostWorkers = 64
const mostWorkersByDefault = 8

const whole = (text: string, from: number, to: number) =>
  /^\d{1,5}$/.test(text) && Number(text) >= from && Number(text) <= to

export const mediaEnv = {
  MEDIA_LISTEN_IP: z
    .string()
    .refine((text) => isIP(text) !== 0, 'MEDIA_LISTEN_IP must be an IP address of this machine.')
    .optional(),
  MEDIA_ANNOUNCED_ADDRESS: z
    .string()
    .regex(
      /^[\w.:-]{1,253}$/,
      'MEDIA_ANNOUNCED_ADDRESS must be an address or a host name, such as 192.0.2.10.',
    )
    .refine(
      (text) => !isWildcard(text),
      'MEDIA_ANNOUNCED_ADDRESS must be an address that others can send to.',
    )
    .optional(),
  MEDIA_PORT: z
    .string()
    .refine(
      (text) => whole(text, 1, mostPorts),
      'MEDIA_PORT must be a whole number from 1 to 65535.',
    )
    .refine(
      (text) => Number(text) >= leastPort || webPorts.includes(Number(text)),
      'MEDIA_PORT must be 80, 443, or 1024 and above: browsers send media to no other port.',
    )
    .transform(Number)
    .optional(),
  MEDIA_WORKERS: z
    .string()
    .refine(
      (text) => whole(text, 0, mostWorkers),
      `MEDIA_WORKERS must be a whole number from 0 to ${mostWorkers}; 0 is without voice and video.`,
    )
    .transform(Number)
    .optional(),
  MEDIASOUP_WORKER_BIN: z.string().optional(),
  ...turnEnv,
}

type MediaEnv = z.output<z.ZodObject<typeof mediaEnv>>

interface Opened {
  readonly host: string
  readonly publicUrl: string
  readonly lan: boolean
  /** Other processes may run beside this one. */
  readonly shared: boolean
}

/** Nobody can send to a wildcard: pages send to where they were opened. */
const openedAt = ({ publicUrl, lan }: Opened): string | undefined =>
  lan ? lanAddresses()[0] : new URL(publicUrl).hostname.replace(/^\[(.*)\]$/, '$1')

/** Throws a StartError where the workers' ports do not exist, or half a relay is named. */
export function chooseMedia(env: MediaEnv, at: Opened): MediaConfig {
  const workers = env.MEDIA_WORKERS ?? Math.min(availableParallelism(), mostWorkersByDefault)
  const port = env.MEDIA_PORT ?? firstPort
  if (port + workers - 1 > mostPorts) {
    throw new StartError(
      `MEDIA_PORT ${port} leaves no room for ${workers} workers: choose a lower MEDIA_PORT.`,
    )
  }
  const listenHost = env.MEDIA_LISTEN_IP ?? at.host.replace(/^\[(.*)\]$/, '$1')
  const announcedAddress =
    env.MEDIA_ANNOUNCED_ADDRESS ?? (isWildcard(listenHost) ? openedAt(at) : undefined)
  return {
    workers,
    port,
    anyPort: at.shared && env.MEDIA_PORT === undefined,
    listenHost,
    announcedAddress,
    workerBin: env.MEDIASOUP_WORKER_BIN,
    turn: chooseTurn(env),
  }
}
