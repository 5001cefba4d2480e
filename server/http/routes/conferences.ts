import { type Request, type Response, Router } from 'express'
import { protocolVersion } from '../../../shared/protocol/version.ts'
import type { ConferenceService } from '../../conference/conference-service.ts'
import type { Actor } from '../../identity/actor.ts'
import type { AttemptLimiter } from '../../identity/attempt-limiter.ts'
import type { SignIn } from '../../identity/sign-in.ts'
import { HttpError } from '../http-error.ts'
import type { LoginCookie } from '../login-cookie.ts'
import { parseBody } from '../parse-body.ts'
import { actorOf, staffOf } from './access.ts'
import { joinRequest, openConferenceRequest } from './conference-schemas.ts'
import { limitGuesses, limitRate } from './limit-attempts.ts'

export interface ConferencesOptions {
  readonly conferences: ConferenceService
  readonly signIn: SignIn
  readonly cookie: LoginCookie
  readonly limiter: AttemptLimiter
  readonly recordSight: (actor: Actor, action: 'saw', conferenceId: string) => Promise<void>
}

const mostListed = 50

export function conferencesRouter(options: ConferencesOptions): Router {
  const { conferences, recordSight } = options
  const router = Router()

  router.get('/api/conferences', async (request, response) => {
    staffOf(request)
    const open = await conferences.list({ open: true, limit: mostListed })
    response.json({
      conferences: open.map(
        ({ conferenceId, caseId, priorCaseId, code, openedBy, openedAtMs }) => ({
          conferenceId,
          caseId,
          ...(priorCaseId !== undefined && { priorCaseId }),
          code,
          openedBy,
          openedAtMs,
        }),
      ),
    })
  })

  router.post('/api/conferences', async (request, response) => {
    const actor = staffOf(request)
    const asked = parseBody(openConferenceRequest, request)
    response.status(201).json(await conferences.open(asked, actor))
  })

  router.post('/api/conferences/:conferenceId/links', async (request, response) => {
    const actor = staffOf(request)
    const links = await conferences.linksFor(request.params.conferenceId, actor)
    response.status(201).json({ links })
  })

  router.post('/api/conferences/join', (request, response) => join(options, request, response))

  router.get('/api/conferences/:conferenceId/state', async (request, response) => {
    const { conferenceId } = request.params
    const actor = actorOf(request)
    if (actor.kind === 'participant' && actor.conferenceId !== conferenceId) {
      throw new HttpError(403, 'not-allowed', 'This link opens another conference.')
    }
    const state = await conferences.stateOf(conferenceId)
    await recordSight(actor, 'saw', conferenceId)
    response.json(state)
  })

  return router
}

/** Whoever comes by the link printed at the start is signed in as well, and reaches the library. */
async function join(
  { conferences, signIn, cookie, limiter }: ConferencesOptions,
  request: Request,
  response: Response,
): Promise<void> {
  const asked = parseBody(joinRequest, request)
  const limit = 'code' in asked ? limitGuesses : limitRate
  const { seat, participantId, role, token, signsIn } = await limit(
    { limiter, request, response },
    () => conferences.join(asked),
  )
  if (signsIn) cookie.set(response, await signIn.byInvitation(signsIn))
  response.json({ seat, participantId, role, token, protocol: protocolVersion })
}
