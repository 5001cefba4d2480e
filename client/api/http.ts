import { z } from 'zod'

/** A call that was refused or never arrived; `message` is for the person who asked. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  /** 0 where nothing answered. */
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

const refusal = z.object({ error: z.object({ code: z.string(), message: z.string() }) })

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Goes as JSON; a Blob goes as it is, under its own type. */
  readonly body?: unknown
  /** A participant's token; without one the login cookie speaks. */
  readonly token?: string
  readonly signal?: AbortSignal
  /** Goes on after the page is gone; for small bodies. */
  readonly keepalive?: boolean
}

/** Calls the server and checks what it answers. Throws an ApiError, with words for the person. */
export async function call<S extends z.ZodType>(
  path: string,
  answer: S,
  options: Call = {},
): Promise<z.output<S>> {
  const response = await send(path, options)
  const text = await response.text()
  if (!response.ok) throw refused(response.status, text)
  const parsed = answer.safeParse(text ? jsonOf(text) : undefined)
  if (parsed.success) return parsed.data
  throw new ApiError(
    response.status,
    'unreadable-answer',
    'This page does not understand the server’s answer. Reload it; it may be older than the server.',
  )
}

/** A picture or other bytes. Throws an ApiError, with words for the person. */
export async function callForBlob(path: string, options: Call = {}): Promise<Blob> {
  const response = await send(path, options)
  if (!response.ok) throw refused(response.status, await response.text())
  return response.blob()
}

function send(path: string, options: Call): Promise<Response> {
  const { method = 'GET', body, token, signal, keepalive } = options
  const isBlob = body instanceof Blob
  return reach(path, {
    method,
    headers: {
      ...(body !== undefined && { 'Content-Type': isBlob ? body.type : 'application/json' }),
      ...(token && { Authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: isBlob ? body : JSON.stringify(body) }),
    ...(signal && { signal }),
    ...(keepalive && { keepalive }),
  })
}

/** The server's own words where it gave some. */
export function refused(status: number, body: string): ApiError {
  const said = refusal.safeParse(jsonOf(body))
  if (said.success) return new ApiError(status, said.data.error.code, said.data.error.message)
  return new ApiError(status, 'no-words', `The server refused (${status}). Try again in a minute.`)
}

export const offline = () =>
  new ApiError(0, 'offline', 'The server does not answer. Check the network, then try again.')

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { ...init, credentials: 'same-origin' })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw offline()
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // whoever parses it says what is missing
  }
}

/** Words for whatever was thrown; a bug says so and nothing of its inside. */
export function wordsFor(error: unknown): string {
  if (error instanceof ApiError) return error.message
  return 'Something went wrong on this page. Reload it and try again.'
}
