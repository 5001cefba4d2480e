import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

export const projectRoot = join(import.meta.dirname, '../..')
export const infra = join(projectRoot, 'infra')

/** What the tests look at in a service of infra/compose.yaml. */
export interface ComposeService {
  image: string
  build?: { context: string; dockerfile: string }
  command?: string[]
  entrypoint?: string[]
  user?: string
  environment?: Record<string, string>
  ports?: string[]
  networks?: string[] | Record<string, { ipv4_address?: string } | null>
  network_mode?: string
  extra_hosts?: string[]
  volumes?: string[]
  healthcheck?: { test: string[] }
  restart?: string
  read_only?: boolean
  cap_drop?: string[]
  security_opt?: string[]
  mem_limit?: string
  pids_limit?: number
}

export interface ComposeFile {
  services: Record<string, ComposeService>
  networks: Record<string, { internal?: boolean } | null>
  volumes: Record<string, unknown>
}

/** A value of `.env`, or the file's own default. */
const variable = /\$\{(\w+)(?::([-?])([^}]*))?\}/g

const composeText = () => readFileSync(join(infra, 'compose.yaml'), 'utf8')

/** As it is written. */
export const composeAsWritten = (): ComposeFile => parse(composeText(), { merge: true })

/** The names of `.env` that it takes. */
export const variablesOf = (text = composeText()): string[] =>
  [...new Set([...text.matchAll(variable)].map(([, name]) => name!))].sort()

/** With the values of an `.env`, as Compose puts them in. */
export function compose(env: Record<string, string>): ComposeFile {
  const text = composeText().replace(variable, (_, name: string, kind?: string, word?: string) => {
    const value = env[name] || (kind === '-' ? word : undefined)
    if (value === undefined) throw new Error(`compose.yaml needs ${name}: ${word}`)
    return value
  })
  return JSON.parse(JSON.stringify(parse(text, { merge: true })).replaceAll('$$', '$'))
}

/** A value for everything that differs from one installation to the next. */
export const someEnv = {
  PUBLIC_NAME: 'rooms.example.org',
  PUBLIC_ADDRESS: '192.0.2.10',
  POSTGRES_PASSWORD: 'p'.repeat(64),
  REDIS_PASSWORD: 'r'.repeat(64),
  TURN_SECRET: 't'.repeat(64),
  NETWORK_PREFIX: '10.77.0',
}
