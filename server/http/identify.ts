import type { Request, RequestHandler } from 'express'
import type { Actor } from '../identity/actor.ts'
import { actorOf, verifyToken } from '../identity/tokens.ts'
import { HttpError } from './http-error.ts'
import type { LoginCookie } from './login-cookie.ts'
import { isOwnOrigin } from './own-origin.ts'

export type IdentifiedRequest = Request & {
  actor?: Actor
  /** A participant's token was given, and its conference has been closed. */
  conferenceClosed?: true
}

const safeMethods = ['GET', 'HEAD', 'OPTIONS']

/**
 * Finds out who asks: a bearer token counts before the login cookie. Nobody is refused here; routes
 * do that. What changes something is taken from our own pages and from scripts, never from a page
 * of another origin (Fetch Metadata; RFC 6454).
 */
export function identify(options: {
  secretKey: Uint8Array
  cookie: LoginCookie
  publicUrl: string
  isConferenceOpen: (conferenceId: string) => Promise<boolean>
  now: () => number
}): RequestHandler {
  const { secretKey, cookie, publicUrl, isConferenceOpen, now } = options
  const verify = (purpose: 'api' | 'conference' | 'login', token: string | undefined) => {
    const claims = token === undefined ? undefined : verifyToken(secretKey, purpose, token, now())
    return claims && actorOf(claims)
  }
  return async (request: IdentifiedRequest, _response, next) => {
    const bearer = request.headers.authorization?.match(/^Bearer ([\w.-]+)$/i)?.[1]
    const byCookie = request.headers.authorization === undefined
    const actor = byCookie
      ? verify('login', cookie.read(request))
      : (verify('api', bearer) ?? verify('conference', bearer))
    if (actor?.kind === 'participant' && !(await isConferenceOpen(actor.conferenceId))) {
      request.conferenceClosed = true
    } else if (actor) request.actor = actor
    if (byCookie && !safeMethods.includes(request.method)) {
      const comesFrom = sourceOf(request, publicUrl)
      if (comesFrom === 'elsewhere' || (actor && comesFrom === 'unknown')) {
        throw new HttpError(403, 'cross-site', 'This can be asked only from Caseroom’s own pages.')
      }
    }
    next()
  }
}

function sourceOf(request: Request, publicUrl: string): 'here' | 'elsewhere' | 'unknown' {
  const site = request.headers['sec-fetch-site']
  if (site === 'same-origin' || site === 'none') return 'here'
  if (site !== undefined) return 'elsewhere'
  const { origin } = request.headers
  if (origin === undefined) return 'unknown'
  return isOwnOrigin(origin, request, publicUrl) ? 'here' : 'elsewhere'
}
