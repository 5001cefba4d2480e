import { PacsError, type PacsRefusal } from '../../../shared/pacs/pacs-error.ts'
import type { PacsConfig } from '../../config/pacs-config.ts'

export interface PacsRequest {
  readonly method?: 'GET' | 'POST'
  readonly accept: string
  readonly contentType?: string
  readonly body?: Blob
  readonly signal?: AbortSignal | undefined
  /** Statuses beside 200 to 299 whose body the caller reads. */
  readonly alsoRead?: readonly number[]
}

export interface PacsTimeouts {
  /** Until the answer begins. */
  readonly answerMs: number
  /** Between two pieces of it. */
  readonly idleMs: number
}

export const pacsTimeouts: PacsTimeouts = { answerMs: 60_000, idleMs: 60_000 }

/**
 * One answer of the PACS, its body piece by piece: whoever stops reading closes the connection.
 * The body throws a PacsError where it breaks off, stalls or is longer than `mostBytes`.
 */
export interface PacsAnswer {
  readonly status: number
  readonly contentType: string
  body(mostBytes: number): AsyncGenerator<Uint8Array, void, undefined>
  /** For who does not read the body. */
  close(): void
}

/**
 * Calls below one URL, with the login on each. Every way it can fail is a PacsError; where its own
 * signal aborts, that signal's reason. Nothing here is logged: the paths and queries name patients.
 */
export class PacsHttp {
  readonly #root: string
  readonly #authorization: string | undefined
  readonly #timeouts: PacsTimeouts

  constructor({ dicomWebUrl, login }: PacsConfig, timeouts: PacsTimeouts = pacsTimeouts) {
    this.#root = dicomWebUrl
    this.#timeouts = timeouts
    const text = login && `${login.username}:${login.password}`
    this.#authorization = text && `Basic ${Buffer.from(text).toString('base64')}`
  }

  /** `path` begins with a slash. */
  async ask(path: string, request: PacsRequest): Promise<PacsAnswer> {
    const { method = 'GET', accept, contentType, body, signal, alsoRead = [] } = request
    const timer = new Deadline(signal)
    timer.set(this.#timeouts.answerMs)
    let response: Response
    try {
      response = await fetch(this.#root + path, {
        method,
        redirect: 'manual', // the login is for this address alone
        headers: {
          Accept: accept,
          ...(contentType && { 'Content-Type': contentType }),
          ...(this.#authorization && { Authorization: this.#authorization }),
        },
        ...(body && { body }),
        signal: timer.signal,
      })
    } catch (error) {
      timer.end()
      throw signal?.aborted ? signal.reason : errorOf(error, 'pacs-unreachable')
    }
    timer.clear()
    const refusal = alsoRead.includes(response.status) ? undefined : refusalOf(response.status)
    if (refusal) {
      timer.end()
      throw new PacsError(refusal)
    }
    const { idleMs } = this.#timeouts
    return {
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      body: (mostBytes) => read(response, { mostBytes, idleMs, timer, signal }),
      close: () => timer.end(),
    }
  }

  /** The JSON of the answer; undefined where it has none (204). */
  async json(path: string, request: Omit<PacsRequest, 'accept'>, mostBytes: number) {
    const answer = await this.ask(path, { ...request, accept: 'application/dicom+json' })
    const chunks: Uint8Array[] = []
    for await (const chunk of answer.body(mostBytes)) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString('utf8')
    if (text.trim() === '') return { status: answer.status, content: undefined }
    try {
      return { status: answer.status, content: JSON.parse(text) as unknown }
    } catch {
      throw new PacsError('pacs-answer') // the parser's own words quote the text
    }
  }
}

interface Reading {
  readonly mostBytes: number
  readonly idleMs: number
  readonly timer: Deadline
  readonly signal: AbortSignal | undefined
}

async function* read(response: Response, { mostBytes, idleMs, timer, signal }: Reading) {
  let bytes = 0
  timer.set(idleMs)
  try {
    for await (const chunk of response.body ?? []) {
      timer.clear()
      bytes += chunk.length
      if (bytes > mostBytes) throw new PacsError('pacs-too-large')
      yield chunk
      timer.set(idleMs)
    }
  } catch (error) {
    if (error instanceof PacsError) throw error
    throw signal?.aborted ? signal.reason : errorOf(error, 'pacs-interrupted')
  } finally {
    timer.end()
  }
}

/** A signal that follows the caller's, and times out on its own. */
class Deadline {
  readonly #abort = new AbortController()
  readonly #outer: AbortSignal | undefined
  readonly #follow = () => this.#abort.abort(this.#outer?.reason)
  #timer: NodeJS.Timeout | undefined

  constructor(outer: AbortSignal | undefined) {
    this.#outer = outer
    if (outer?.aborted) this.#follow()
    else outer?.addEventListener('abort', this.#follow)
  }

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  set(ms: number): void {
    this.clear()
    this.#timer = setTimeout(() => this.#abort.abort(new PacsError('pacs-timeout')), ms)
  }

  clear(): void {
    clearTimeout(this.#timer)
  }

  /** Lets go of everything, the connection too. */
  end(): void {
    this.clear()
    this.#outer?.removeEventListener('abort', this.#follow)
    this.#abort.abort(new PacsError('pacs-interrupted'))
  }
}

const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ERR_SSL|ERR_TLS/

function errorOf(error: unknown, otherwise: PacsRefusal): PacsError {
  if (error instanceof PacsError) return error
  const { cause } = (error ?? {}) as { cause?: { code?: unknown } }
  const code = typeof cause?.code === 'string' ? cause.code : ''
  if (untrusted.test(code)) return new PacsError('pacs-untrusted', { cause: error })
  if (/TIMEOUT/.test(code)) return new PacsError('pacs-timeout', { cause: error })
  return new PacsError(otherwise, { cause: error })
}

function refusalOf(status: number): PacsRefusal | undefined {
  if (status >= 200 && status <= 299) return undefined
  if (status === 401 || status === 403 || status === 407) return 'pacs-credentials'
  if (status === 404 || status === 410) return 'pacs-not-found'
  if (status === 408 || status === 504) return 'pacs-timeout'
  if (status === 429 || status >= 500) return 'pacs-unreachable'
  return 'pacs-refused'
}
