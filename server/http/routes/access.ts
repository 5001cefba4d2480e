import type { Request } from 'express'
import type { Actor, InstallationActor } from '../../identity/actor.ts'
import { HttpError } from '../http-error.ts'
import type { IdentifiedRequest } from '../identify.ts'

/**
 * Who asks, as the identity middleware found out. Throws 401 where it did not, and 403 for somebody
 * whose conference is over.
 */
export function actorOf(request: Request): Actor {
  const { actor, conferenceClosed } = request as IdentifiedRequest
  if (conferenceClosed) {
    throw new HttpError(403, 'conference-closed', 'The conference has been closed.')
  }
  if (!actor) throw new HttpError(401, 'not-signed-in', 'Sign in, or open the link you were sent.')
  return actor
}

/** Somebody who may use the library. Throws 401 for nobody, 403 for a conference's participant. */
export function staffOf(request: Request): InstallationActor {
  const actor = actorOf(request)
  if (actor.kind === 'participant') throw forbidden()
  return actor
}

/** Staff read every case, participants their conference's and its prior. Throws 401 or 403. */
export function readerOf(request: Request, caseId: string | undefined): Actor {
  const actor = actorOf(request)
  if (actor.kind !== 'participant') return actor
  if (caseId === undefined || ![actor.caseId, actor.priorCaseId].includes(caseId)) throw forbidden()
  return actor
}

function forbidden(): HttpError {
  return new HttpError(403, 'not-allowed', 'This link opens one conference and its case alone.')
}
