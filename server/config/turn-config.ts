import { z } from 'zod'
import { StartError } from './start-error.ts'
import { isWildcard } from './wildcard.ts'

/** A relay for pages whose network lets nothing through to the media ports. */
export interface TurnConfig {
  /** `turn:` and `turns:` URLs (RFC 7065), all of the same relay. */
  readonly urls: readonly string[]
  /** Shared with the relay. Neither told nor logged. */
  readonly secret: string
}

/** Browsers try every one of them before they have a way: more make joining slow. */
const mostUrls = 4
const leastSecretCharacters = 16
const mostSecretCharacters = 256
/** Chromium asks relays at no other port below 1024. */
const webPorts = [53, 80, 443]

const pattern =
  /^turns?:([a-z\d.-]{1,253}|\[[a-f\d:.]{2,45}\])(?::(\d{1,5}))?(?:\?transport=(?:udp|tcp))?$/i

/** A page that is given a URL which is none makes no connection at all. */
function isTurnUrl(text: string): boolean {
  const [, host = '', port = '3478'] = pattern.exec(text) ?? []
  return host !== '' && !isWildcard(host) && URL.canParse(`http://${host}:${port}`)
}

function hasBrowsersPort(text: string): boolean {
  const port = Number(pattern.exec(text)?.[2] ?? 3478)
  return port >= 1024 || webPorts.includes(port)
}

export const turnEnv = {
  TURN_URL: z
    .string()
    .transform((text) => text.split(',').map((url) => url.trim()))
    .refine(
      (urls) => urls.length <= mostUrls && urls.every(isTurnUrl),
      `TURN_URL must be one to ${mostUrls} turn: or turns: URLs with commas between them, such as turn:turn.example.org:3478?transport=tcp.`,
    )
    .refine(
      (urls) => urls.every(hasBrowsersPort),
      'TURN_URL must name port 53, 80, 443, or 1024 and above: browsers ask relays at no other port.',
    )
    .optional(),
  TURN_SECRET: z
    .string()
    .min(
      leastSecretCharacters,
      `TURN_SECRET must have at least ${leastSecretCharacters} characters.`,
    )
    .max(mostSecretCharacters, `TURN_SECRET must have at most ${mostSecretCharacters} characters.`)
    .optional(),
}

type TurnEnv = z.output<z.ZodObject<typeof turnEnv>>

/** Throws a StartError where only one of the two is set. */
export function chooseTurn(env: TurnEnv): TurnConfig | undefined {
  const { TURN_URL: urls, TURN_SECRET: secret } = env
  if (urls && secret) return { urls, secret }
  if (urls) throw new StartError('TURN_URL needs TURN_SECRET: set both or neither.')
  if (secret) throw new StartError('TURN_SECRET needs TURN_URL: set both or neither.')
  return undefined
}
