import type { RequestHandler } from 'express'
import type { Logger } from '../logger.ts'
import { requestIdOf } from './request-id.ts'

/** One line a request, naming the route and not the address: ids of other systems may be in that. */
export function logRequests(logger: Logger): RequestHandler {
  return (request, response, next) => {
    const startMs = performance.now()
    response.once('close', () => {
      const path = (request.route as { path?: unknown } | undefined)?.path
      const fields = {
        requestId: requestIdOf(request),
        method: request.method,
        route: typeof path === 'string' ? path : 'none',
        status: response.statusCode,
        durationMs: Math.round(performance.now() - startMs),
      }
      if (response.statusCode >= 500) logger.error(fields, 'request')
      else logger.debug(fields, 'request')
    })
    next()
  }
}
