import type { RequestHandler } from 'express'
import type { IdentifiedRequest } from './identify.ts'

/**
 * A body that does not arrive in time ends its connection, so that nobody holds thousands of them
 * open by sending a byte a minute. Uploads of people we know may take as long as they take.
 */
export function bodyDeadline(deadlineMs: number): RequestHandler {
  return (request: IdentifiedRequest, _response, next) => {
    const upload = request.is('multipart/form-data') && request.actor !== undefined
    if (!upload && !request.complete) {
      const timer = setTimeout(() => request.destroy(), deadlineMs)
      const stop = () => clearTimeout(timer)
      request.once('end', stop).once('close', stop)
    }
    next()
  }
}
