import { accessSync, constants } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import type { Env } from './env.ts'
import { lanAddresses } from './lan-addresses.ts'
import { chooseMedia, type MediaConfig, mediaEnv } from './media-config.ts'
import {
  chooseDimse,
  choosePacs,
  type DimseConfig,
  type PacsConfig,
  pacsEnv,
} from './pacs-config.ts'
import { type Profile, privacyEnv } from './privacy-config.ts'
import { chooseScaling, type ScalingConfig, scalingEnv } from './scaling-config.ts'
import { StartError } from './start-error.ts'
import { isWildcard } from './wildcard.ts'

export interface Config {
  /** The address to listen on. */
  readonly host: string
  readonly port: number
  /** The origin that people open, without a slash at its end. */
  readonly publicUrl: string
  /** Absolute. */
  readonly dataDir: string
  readonly databaseUrl: string | undefined
  /** Without it this process is the only one. */
  readonly scaling: ScalingConfig | undefined
  /** Addresses and networks of proxies whose word counts on where a request comes from. */
  readonly trustProxy: readonly string[]
  /** What the operator chose; without it the key in dataDir counts. */
  readonly secretKeyText: string | undefined
  readonly tls:
    | { kind: 'none' }
    | { kind: 'files'; certPath: string; keyPath: string }
    | { kind: 'generated' }
  /** `default`: on while the library holds nothing but the demo case. */
  readonly demoCase: 'on' | 'off' | 'default'
  readonly logLevel: string
  readonly media: MediaConfig
  /** Options of de-identification (PS3.15 Annex E.3). */
  readonly deidentification: Profile
  /** Without it there is no PACS to search or to send to. */
  readonly pacs: PacsConfig | undefined
  /** Without it nobody can send from a workstation. */
  readonly dimse: DimseConfig | undefined
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']
const fewestSecretCharacters = 32

const readable = (path: string) => {
  try {
    accessSync(path, constants.R_OK)
    return true
  } catch {
    return false
  }
}

const postgresUrl = (text: string) => {
  const url = URL.parse(text)
  return url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.hostname !== ''
}

const origin = (text: string) => {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href
}

/** The messages never repeat a value that may be a secret. */
const envSchema = z.object({
  HOST: z
    .string()
    .regex(/^[\w.:[\]-]+$/, 'HOST must be a host name or an address, such as 127.0.0.1.')
    .optional(),
  PORT: z
    .string()
    .refine(
      (text) => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535,
      'PORT must be a whole number from 1 to 65535.',
    )
    .transform(Number)
    .default(2567),
  PUBLIC_URL: z
    .string()
    .refine(origin, 'PUBLIC_URL must be an origin, such as https://caseroom.example.org.')
    .transform((text) => new URL(text).origin)
    .optional(),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z
    .string()
    .refine(postgresUrl, 'DATABASE_URL must be a postgres:// URL; without it SQLite is used.')
    .optional(),
  SECRET_KEY: z
    .string()
    .min(fewestSecretCharacters, 'SECRET_KEY must have at least 32 characters.')
    .optional(),
  TLS_CERT: z.string().refine(readable, 'TLS_CERT must name a file that can be read.').optional(),
  TLS_KEY: z.string().refine(readable, 'TLS_KEY must name a file that can be read.').optional(),
  DEMO_CASE: z.enum(['on', 'off'], 'DEMO_CASE must be "on" or "off".').optional(),
  LOG_LEVEL: z.enum(logLevels, `LOG_LEVEL must be one of ${logLevels.join(', ')}.`).default('info'),
  ...scalingEnv,
  ...mediaEnv,
  ...privacyEnv,
  ...pacsEnv,
})

/** Throws a StartError, one sentence, at the first value that is wrong. */
export function loadConfig(env: Env, options: { lan: boolean }): Config {
  const parsed = envSchema.safeParse(env)
  if (!parsed.success) throw new StartError(parsed.error.issues[0]!.message)
  const values = parsed.data
  const tls = chooseTls(values.TLS_CERT, values.TLS_KEY, options.lan)
  const host = values.HOST ?? (options.lan ? '0.0.0.0' : '127.0.0.1')
  const publicUrl = values.PUBLIC_URL ?? ownUrl(host, values.PORT, tls.kind !== 'none')
  const scaling = chooseScaling(values, { host, port: values.PORT })
  return {
    host,
    port: values.PORT,
    publicUrl,
    dataDir: resolve(values.DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    scaling,
    trustProxy: values.TRUST_PROXY,
    secretKeyText: values.SECRET_KEY,
    tls,
    demoCase: values.DEMO_CASE ?? 'default',
    logLevel: values.LOG_LEVEL,
    deidentification: values.DEIDENTIFY_OPTIONS,
    media: chooseMedia(values, {
      host,
      publicUrl,
      lan: options.lan,
      shared: scaling !== undefined,
    }),
    pacs: choosePacs(values),
    dimse: chooseDimse(values, { host }),
  }
}

function chooseTls(
  certPath: string | undefined,
  keyPath: string | undefined,
  lan: boolean,
): Config['tls'] {
  if (certPath && keyPath) return { kind: 'files', certPath, keyPath }
  if (certPath || keyPath) {
    throw new StartError('TLS_CERT and TLS_KEY belong together: set both or neither.')
  }
  return lan ? { kind: 'generated' } : { kind: 'none' }
}

/** Nobody can open a wildcard address: others get this machine's own. */
function ownUrl(host: string, port: number, secure: boolean): string {
  const reachable = isWildcard(host) && secure ? lanAddresses()[0] : host
  const name = !reachable || isWildcard(reachable) ? '127.0.0.1' : reachable
  const bracketed = name.includes(':') && !name.startsWith('[') ? `[${name}]` : name
  return new URL(`${secure ? 'https' : 'http'}://${bracketed}:${port}`).origin
}
