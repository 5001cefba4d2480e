import { Router } from 'express'
import { type FaceProtection, protectFaceRequest } from '../../../shared/case/face.ts'
import { accessActor } from '../../audit/access-log.ts'
import type { Actor } from '../../identity/actor.ts'
import { type FaceGuard, FaceRefusedError } from '../../library/face-guard.ts'
import { HttpError } from '../http-error.ts'
import { parseBody } from '../parse-body.ts'
import { readerOf } from './access.ts'

export interface FacesOptions {
  readonly faces: FaceGuard
  /** On record before anybody else is let in. */
  readonly recordAccess: (
    actor: Actor,
    action: 'masked-face' | 'waived-face',
    caseId: string,
  ) => Promise<void>
}

export function facesRouter({ faces, recordAccess }: FacesOptions): Router {
  const router = Router()

  router.post('/api/cases/:caseId/face', async (request, response) => {
    const { caseId } = request.params
    const actor = protectorOf(readerOf(request, caseId))
    const asked = parseBody(protectFaceRequest, request)
    await recordAccess(actor, asked.action === 'mask' ? 'masked-face' : 'waived-face', caseId)
    const face: FaceProtection = await refusable(() =>
      asked.action === 'mask'
        ? faces.mask(caseId, accessActor(actor).name, asked.keep)
        : faces.waive(caseId, asked.name, asked.reason),
    )
    response.json({ face })
  })

  return router
}

/** Staff, and the attending of a conference on the case. */
function protectorOf(actor: Actor): Actor {
  if (actor.kind !== 'participant' || actor.role === 'attending') return actor
  throw new HttpError(403, 'not-allowed', 'Only the attending decides about the face.')
}

async function refusable<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof FaceRefusedError)) throw error
    throw new HttpError(error.code === 'case-not-found' ? 404 : 409, error.code, error.message)
  }
}
