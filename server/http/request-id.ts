import { randomUUID } from 'node:crypto'
import type { Request, RequestHandler } from 'express'

const header = 'X-Request-Id'
const ids = new WeakMap<Request, string>()

/** Names every request, for its sender and for the log. */
export const nameRequest: RequestHandler = (request, response, next) => {
  const requestId = randomUUID()
  ids.set(request, requestId)
  response.set(header, requestId)
  next()
}

export function requestIdOf(request: Request): string {
  return ids.get(request) ?? 'unnamed'
}
