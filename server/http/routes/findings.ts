import express, { type Request, Router } from 'express'
import { saveMinutesRequest, sendFindingsRequest } from '../../../shared/findings/findings-view.ts'
import type { ConferenceRecord } from '../../conference/ports.ts'
import {
  type FindingsRefusal,
  FindingsRefusedError,
} from '../../findings/findings-refused-error.ts'
import type { FindingsService } from '../../findings/findings-service.ts'
import { mostPictureBytes } from '../../findings/picture.ts'
import type { Actor } from '../../identity/actor.ts'
import { HttpError } from '../http-error.ts'
import { parseBody } from '../parse-body.ts'
import { actorOf, staffOf } from './access.ts'

export interface FindingsOptions {
  readonly findings: FindingsService
  /** Closed ones, newest first. */
  readonly pastConferences: (limit: number) => Promise<readonly ConferenceRecord[]>
  readonly recordSight: (actor: Actor, action: 'saw', conferenceId: string) => Promise<void>
}

const mostListed = 50

/** For the attending of a conference by their token, while it is open, and for clinicians. */
export function findingsRouter({
  findings,
  pastConferences,
  recordSight,
}: FindingsOptions): Router {
  const router = Router()
  const picture = express.raw({ type: 'image/png', limit: mostPictureBytes })

  router.get('/api/past-conferences', async (request, response) => {
    staffOf(request)
    const past = await pastConferences(mostListed)
    response.json({
      conferences: past.map(({ conferenceId, caseId, openedBy, openedAtMs, closedAtMs }) => ({
        conferenceId,
        caseId,
        openedBy,
        openedAtMs,
        closedAtMs,
      })),
    })
  })

  router.get('/api/conferences/:conferenceId/findings', async (request, response) => {
    const actor = actorOf(request)
    const { conferenceId } = request.params
    const view = await asked(() => findings.view(conferenceId, actor))
    await recordSight(actor, 'saw', conferenceId)
    response.json(view)
  })

  router.put('/api/conferences/:conferenceId/findings/minutes', async (request, response) => {
    const actor = actorOf(request)
    const { conferenceId } = request.params
    const minutes = parseBody(saveMinutesRequest, request)
    response.json(await asked(() => findings.saveMinutes(conferenceId, actor, minutes)))
  })

  router.post(
    '/api/conferences/:conferenceId/findings/key-images',
    (request, _response, next) => {
      actorOf(request) // nobody's megabytes are taken in
      next()
    },
    picture,
    async (request: Request<{ conferenceId: string }>, response) => {
      const { conferenceId } = request.params
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const kept = await asked(() => findings.addKeyImage(conferenceId, actorOf(request), bytes))
      response.status(201).json(kept)
    },
  )

  router.get(
    '/api/conferences/:conferenceId/findings/key-images/:keyImageId',
    async (request, response) => {
      const { conferenceId, keyImageId } = request.params
      const actor = actorOf(request)
      const { png } = await asked(() => findings.keyImage(conferenceId, actor, keyImageId))
      response.type('png').send(Buffer.from(png))
    },
  )

  router.delete(
    '/api/conferences/:conferenceId/findings/key-images/:keyImageId',
    async (request, response) => {
      const { conferenceId, keyImageId } = request.params
      const actor = actorOf(request)
      await asked(() => findings.removeKeyImage(conferenceId, actor, keyImageId))
      response.status(204).end()
    },
  )

  router.post('/api/conferences/:conferenceId/findings/send', async (request, response) => {
    const actor = actorOf(request)
    const { conferenceId } = request.params
    const chosen = parseBody(sendFindingsRequest, request)
    response.json(await asked(() => findings.send(conferenceId, actor, chosen)))
  })

  return router
}

const statusOf: Record<FindingsRefusal, number> = {
  'no-such-conference': 404,
  'no-such-key-image': 404,
  'not-allowed': 403,
  'minutes-changed': 409,
  'no-such-mark': 409,
  'mark-of-prior': 409,
  'too-many-key-images': 409,
  'already-sending': 409,
  'bad-picture': 400,
  'nothing-to-send': 400,
  'not-sent': 502,
}

async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof FindingsRefusedError)) throw error
    throw new HttpError(statusOf[error.code], error.code, error.message)
  }
}
