import type { ErrorRequestHandler, RequestHandler } from 'express'
import {
  type ConferenceRefusal,
  ConferenceRefusedError,
} from '../conference/conference-refused-error.ts'
import type { Logger } from '../logger.ts'
import { HttpError } from './http-error.ts'
import { requestIdOf } from './request-id.ts'

/** For whatever no route under /api took. */
export const noSuchRoute: RequestHandler = () => {
  throw new HttpError(404, 'no-such-route', 'There is nothing at this address.')
}

/**
 * The one place where an error becomes an answer. What nobody expected is logged under the
 * request's id, and that id is all its sender gets.
 */
export function errorHandler(logger: Logger): ErrorRequestHandler {
  return (error, request, response, _next) => {
    const refusal = refusalOf(error)
    if (!refusal) {
      logger.error({ requestId: requestIdOf(request), error }, 'a request failed')
    }
    if (response.headersSent) {
      response.destroy()
      return
    }
    const { status, code, message, details } = refusal ?? unexpected(requestIdOf(request))
    response
      .status(status)
      .set('Cache-Control', 'no-store')
      .json({ error: { code, message, ...(details !== undefined && { details }) } })
  }
}

/**
 * What the sender hears of an error; undefined where nobody expected it.
 * Express and its parsers throw errors with a status; their words may quote the request.
 */
export function refusalOf(error: unknown): HttpError | undefined {
  if (error instanceof HttpError) return error
  if (error instanceof ConferenceRefusedError) {
    return new HttpError(conferenceStatus(error.code), error.code, error.message)
  }
  const { status } = (error ?? {}) as { status?: unknown }
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined
  const { code, message } = wordsOf[status] ?? wordsOf[400]
  return new HttpError(status, code, message)
}

const over: readonly ConferenceRefusal[] = [
  'invitation-expired',
  'code-expired',
  'conference-closed',
]

const conflicts: readonly ConferenceRefusal[] = [
  'conference-full',
  'face-visible',
  'not-a-prior',
  'patient-unconfirmed',
]

/** What was and is over is 410, what never was is 404 (RFC 9110 15.5.11). */
function conferenceStatus(code: ConferenceRefusal): number {
  if (code === 'not-yours') return 403
  if (code === 'not-reached') return 503
  if (conflicts.includes(code)) return 409
  return over.includes(code) ? 410 : 404
}

const wordsOf: Record<number, { code: string; message: string }> & {
  400: { code: string; message: string }
} = {
  400: { code: 'bad-request', message: 'The request could not be understood.' },
  404: { code: 'no-such-route', message: 'There is nothing at this address.' },
  413: { code: 'body-too-large', message: 'The request is larger than this call takes.' },
  415: {
    code: 'bad-encoding',
    message: 'The request is encoded in a way this call does not take.',
  },
  416: { code: 'bad-range', message: 'The range asked for is not in the file.' },
}

function unexpected(requestId: string): HttpError {
  const message = `Something went wrong in Caseroom itself; its log says what, under ${requestId}.`
  return new HttpError(500, 'unexpected', message, { requestId })
}
