import { accessSync, constants } from 'node:fs'
import { z } from 'zod'
import { StartError } from './start-error.ts'

/** The DICOMweb services of the hospital's PACS (PS3.18). */
export interface PacsConfig {
  /** The root of its services, without a slash at its end. */
  readonly dicomWebUrl: string
  /** Neither told nor logged. */
  readonly login: { readonly username: string; readonly password: string } | undefined
}

/** Who listens for workstations that send, and whom it takes from. */
export interface DimseConfig {
  readonly aeTitle: string
  readonly host: string
  readonly port: number
  /** Nobody may send where it is empty. */
  readonly allowed: readonly AllowedAe[]
  readonly tls: { readonly certPath: string; readonly keyPath: string } | undefined
}

export interface AllowedAe {
  readonly aeTitle: string
  /** The one machine that may use the title, a name or an address; without it any. */
  readonly host: string | undefined
}

const mostAllowed = 200
/** PS3.8 9.3.2: 16 characters, no backslash and no control characters. */
const aeTitlePattern = /^[\x21-\x5b\x5d-\x7e]([\x20-\x5b\x5d-\x7e]{0,14}[\x21-\x5b\x5d-\x7e])?$/
const hostPattern = /^[\w.:[\]-]{1,253}$/

const dicomWebUrl = (text: string) => {
  const url = URL.parse(text)
  return (
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    url.username === '' &&
    url.password === '' &&
    url.search === '' &&
    url.hash === ''
  )
}

const readable = (path: string) => {
  try {
    accessSync(path, constants.R_OK)
    return true
  } catch {
    return false
  }
}

const isAeTitle = (text: string) => aeTitlePattern.test(text) && !/[@,]/.test(text)

function parseAllowed(text: string): AllowedAe[] | undefined {
  const allowed = text.split(',').map((entry) => {
    const [aeTitle = '', host, ...rest] = entry.trim().split('@')
    const fits = isAeTitle(aeTitle) && rest.length === 0
    return fits && (host === undefined || hostPattern.test(host)) ? { aeTitle, host } : undefined
  })
  return allowed.length <= mostAllowed && allowed.every((entry) => entry !== undefined)
    ? allowed
    : undefined
}

/** The messages never repeat a value: one of them may be a password. */
export const pacsEnv = {
  PACS_DICOMWEB_URL: z
    .string()
    .refine(
      dicomWebUrl,
      'PACS_DICOMWEB_URL must be an http: or https: URL without a password in it, such as https://pacs.example.org/dicom-web.',
    )
    .transform((text) => new URL(text).href.replace(/\/+$/, ''))
    .optional(),
  PACS_USERNAME: z
    .string()
    .regex(/^[^:]{1,256}$/, 'PACS_USERNAME must be 1 to 256 characters without a colon.')
    .optional(),
  PACS_PASSWORD: z
    .string()
    .max(1024, 'PACS_PASSWORD must have at most 1024 characters.')
    .optional(),
  DIMSE_AE_TITLE: z
    .string()
    .refine(
      isAeTitle,
      'DIMSE_AE_TITLE must be an AE title of 1 to 16 characters, such as CASEROOM.',
    )
    .default('CASEROOM'),
  DIMSE_HOST: z
    .string()
    .regex(hostPattern, 'DIMSE_HOST must be a host name or an address, such as 0.0.0.0.')
    .optional(),
  DIMSE_PORT: z
    .string()
    .refine(
      (text) => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535,
      'DIMSE_PORT must be a whole number from 1 to 65535.',
    )
    .transform(Number)
    .optional(),
  DIMSE_ALLOWED_AE: z
    .string()
    .transform((text, context) => {
      const allowed = parseAllowed(text)
      if (allowed) return allowed
      context.addIssue({
        code: 'custom',
        message: `DIMSE_ALLOWED_AE must be at most ${mostAllowed} AE titles with commas between them, each alone or with its machine, such as WORKSTATION1,CT2@192.0.2.7.`,
      })
      return z.NEVER
    })
    .optional(),
  DIMSE_TLS_CERT: z
    .string()
    .refine(readable, 'DIMSE_TLS_CERT must name a file that can be read.')
    .optional(),
  DIMSE_TLS_KEY: z
    .string()
    .refine(readable, 'DIMSE_TLS_KEY must name a file that can be read.')
    .optional(),
}

type PacsEnv = z.output<z.ZodObject<typeof pacsEnv>>

/** Throws a StartError where a login has nothing to log in to, or is half a login. */
export function choosePacs(env: PacsEnv): PacsConfig | undefined {
  const { PACS_DICOMWEB_URL, PACS_USERNAME: username, PACS_PASSWORD: password } = env
  if ((username === undefined) !== (password === undefined)) {
    throw new StartError('PACS_USERNAME and PACS_PASSWORD belong together: set both or neither.')
  }
  const login =
    username !== undefined && password !== undefined ? { username, password } : undefined
  if (PACS_DICOMWEB_URL === undefined) {
    if (login) throw new StartError('PACS_USERNAME and PACS_PASSWORD need PACS_DICOMWEB_URL.')
    return undefined
  }
  return { dicomWebUrl: PACS_DICOMWEB_URL, login }
}

/** Undefined without DIMSE_PORT: nothing listens then. Throws a StartError. */
export function chooseDimse(env: PacsEnv, options: { host: string }): DimseConfig | undefined {
  const { DIMSE_PORT: port, DIMSE_TLS_CERT: certPath, DIMSE_TLS_KEY: keyPath } = env
  if ((certPath === undefined) !== (keyPath === undefined)) {
    throw new StartError('DIMSE_TLS_CERT and DIMSE_TLS_KEY belong together: set both or neither.')
  }
  if (port === undefined) {
    const isWanted = env.DIMSE_ALLOWED_AE !== undefined || certPath !== undefined
    if (isWanted) throw new StartError('The DIMSE settings need DIMSE_PORT, the port to listen on.')
    return undefined
  }
  return {
    aeTitle: env.DIMSE_AE_TITLE,
    host: env.DIMSE_HOST ?? options.host,
    port,
    allowed: env.DIMSE_ALLOWED_AE ?? [],
    tls: certPath !== undefined && keyPath !== undefined ? { certPath, keyPath } : undefined,
  }
}
