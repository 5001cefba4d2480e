import { isIP } from 'node:net'
import { z } from 'zod'
import { lanAddresses } from './lan-addresses.ts'
import { isWildcard } from './wildcard.ts'

export interface ScalingConfig {
  /** `redis://…` or `rediss://…`. */
  readonly redisUrl: string
  /** `HOST:PORT` at which the other processes reach this one. */
  readonly processAddress: string
}

const redisUrl = (text: string) => {
  const url = URL.parse(text)
  return url !== null && /^rediss?:$/.test(url.protocol) && url.hostname !== ''
}

/** What Express's `trust proxy` takes: an address, a network, or a name for one. */
const proxyNames = ['loopback', 'linklocal', 'uniquelocal']
const proxy = (text: string) => {
  const [address = '', bits, ...more] = text.split('/')
  if (proxyNames.includes(text)) return true
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address) as 0 | 4 | 6]
  if (more.length > 0 || most < 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most)
}

const processAddressWords =
  'PROCESS_ADDRESS must be where other processes reach this one, such as app1:2567.'

const list = (text: string) => text.split(',').map((part) => part.trim())

export const scalingEnv = {
  REDIS_URL: z
    .string()
    .refine(redisUrl, 'REDIS_URL must be a redis:// URL; without it there is one process.')
    .optional(),
  PROCESS_ADDRESS: z
    .string()
    .regex(/^([\w.-]{1,253}|\[[\da-f:.]+\]):\d{1,5}$/i, processAddressWords)
    .refine((text) => URL.canParse(`tcp://${text}`), processAddressWords)
    .optional(),
  TRUST_PROXY: z
    .string()
    .refine(
      (text) => list(text).every(proxy),
      'TRUST_PROXY must be addresses or networks of proxies, such as 10.0.0.5 or 172.16.0.0/12.',
    )
    .transform(list)
    .default([]),
}

type ScalingEnv = z.output<z.ZodObject<typeof scalingEnv>>

export function chooseScaling(
  env: ScalingEnv,
  { host, port }: { host: string; port: number },
): ScalingConfig | undefined {
  const { REDIS_URL: redisUrl, PROCESS_ADDRESS: asked } = env
  if (!redisUrl) return undefined
  const reachable = isWildcard(host) ? (lanAddresses()[0] ?? '127.0.0.1') : host
  const name = reachable.includes(':') && !reachable.startsWith('[') ? `[${reachable}]` : reachable
  return { redisUrl, processAddress: asked ?? `${name}:${port}` }
}
