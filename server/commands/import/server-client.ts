import { once } from 'node:events'
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { rootCertificates } from 'node:tls'
import {
  endStates,
  type ImportStatus,
  importAccepted,
  importStatus,
} from '../../../shared/case/import.ts'
import type { Config } from '../../config/config.ts'
import { loadSecretKey } from '../../config/secret-key.ts'
import { StartError } from '../../config/start-error.ts'
import { loadCertificate } from '../../http/tls.ts'
import { scriptToken } from '../../identity/script-token.ts'
import type { LocalFile } from './files-under.ts'
import { multipartOf } from './multipart.ts'

/** From the start of a call on; each call has its own. */
const tokenLifetimeMs = 3_600_000

/** The running server, as a script of its own installation speaks with it. */
export class ServerClient {
  readonly #origin: string
  readonly #newToken: (() => string) | undefined
  /** Certificates that are trusted; the installation's own one signs itself. */
  readonly #ca: readonly string[]

  private constructor(origin: string, newToken: (() => string) | undefined, ca: readonly string[]) {
    this.#origin = origin
    this.#newToken = newToken
    this.#ca = ca
  }

  /** Throws a StartError that says how to start it, where no server answers. */
  static async reach(config: Config): Promise<ServerClient> {
    const origin = config.publicUrl
    const own = origin.startsWith('https:')
      ? await loadCertificate(
          config.tls.kind === 'none' ? { ...config, tls: { kind: 'generated' } } : config,
        )
      : undefined
    const ca = own ? [...rootCertificates, own.cert] : rootCertificates
    try {
      const answer = await answerOf(
        new ServerClient(origin, undefined, ca).#open('GET', '/health/live'),
      )
      answer.resume()
    } catch (cause) {
      throw new StartError(
        `No Caseroom answers at ${origin}: start it with npm start, or say where it is with PUBLIC_URL.`,
        { cause },
      )
    }
    const secretKey = loadSecretKey(config.dataDir, config.secretKeyText)
    const script = { role: 'clinician', name: 'import script' } as const
    const newToken = () => scriptToken(secretKey, script, Date.now(), tokenLifetimeMs)
    return new ServerClient(origin, newToken, ca)
  }

  /** Resolves with the import's id when every file has arrived. */
  async send(
    files: readonly LocalFile[],
    options: { title: string | undefined; onProgress: (fraction: number) => void },
  ): Promise<string> {
    const { type, bytes, content } = multipartOf(files, options.title)
    const request = this.#open('POST', '/api/imports')
    request.setHeader('Content-Type', type)
    request.setHeader('Content-Length', bytes)
    let sent = 0
    const meter = async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        yield chunk
        sent += chunk.length
        options.onProgress(sent / bytes)
      }
    }
    const answered = answerOf(request)
    const [answer] = await Promise.all([
      answered,
      // The server may answer before it has everything; what it says then is the reason.
      pipeline(Readable.from(content()), meter, request).catch(async (error: unknown) => {
        if (!(await answered.catch(() => undefined))) throw error
      }),
    ])
    return importAccepted.parse(await jsonOf(answer)).importId
  }

  /** Hears of every change; resolves with the end. */
  async follow(importId: string, onChange: (status: ImportStatus) => void): Promise<ImportStatus> {
    const answer = await answerOf(this.#open('GET', `/api/imports/${importId}/events`))
    if (answer.statusCode !== 200) await jsonOf(answer)
    try {
      let unread = ''
      for await (const chunk of answer.setEncoding('utf8')) {
        const events = (unread + chunk).split('\n\n')
        unread = events.pop() ?? ''
        for (const event of events) {
          const data = event.match(/^data: (.*)$/m)?.[1]
          if (!data) continue
          const status = importStatus.parse(JSON.parse(data))
          if (endStates.includes(status.state)) return status
          onChange(status)
        }
      }
    } catch (cause) {
      throw new StartError(stopped, { cause })
    }
    throw new StartError(stopped)
  }

  #open(method: string, path: string): ClientRequest {
    const url = new URL(path, this.#origin)
    const headers = this.#newToken ? { Authorization: `Bearer ${this.#newToken()}` } : {}
    const request =
      url.protocol === 'https:'
        ? httpsRequest(url, { method, headers, ca: [...this.#ca] })
        : httpRequest(url, { method, headers })
    if (method === 'GET') request.end()
    return request
  }
}

const stopped = 'Caseroom stopped before the import was finished: import again.'

async function answerOf(request: ClientRequest): Promise<IncomingMessage> {
  const [answer] = (await once(request, 'response')) as [IncomingMessage]
  return answer
}

/** Throws a StartError in the server's words where it refused. */
async function jsonOf(answer: IncomingMessage): Promise<unknown> {
  const body = await text(answer)
  const status = answer.statusCode ?? 0
  if (status >= 200 && status < 300) return JSON.parse(body)
  if (status === 401) {
    throw new StartError(
      'Caseroom does not know this script: run it with the DATA_DIR and SECRET_KEY of the server.',
    )
  }
  throw new StartError(wordsOf(body) ?? `Caseroom refused with status ${status}.`)
}

function wordsOf(body: string): string | undefined {
  try {
    const message: unknown = JSON.parse(body)?.error?.message
    return typeof message === 'string' ? message : undefined
  } catch {
    return undefined
  }
}
