import { Router } from 'express'
import type { PriorCase, PriorList } from '../../../shared/case/prior.ts'
import type { Actor } from '../../identity/actor.ts'
import type { Priors } from '../../library/priors.ts'
import { HttpError } from '../http-error.ts'
import { readerOf } from './access.ts'

/** What a case can be compared with: staff see all, participants what their conference was opened with. */
export function priorsRouter({
  priors,
  recordSight,
}: {
  priors: Priors
  recordSight: (actor: Actor, action: 'saw', caseId: string) => Promise<void>
}): Router {
  const router = Router()

  router.get('/api/cases/:caseId/priors', async (request, response) => {
    const { caseId } = request.params
    const actor = readerOf(request, caseId)
    const found = await priorsFor(actor, caseId, priors)
    if (!found) throw new HttpError(404, 'case-not-found', 'There is no such case.')
    const list: PriorList = { priors: found }
    for (const prior of list.priors) await recordSight(actor, 'saw', prior.caseId)
    response.json(list)
  })

  return router
}

async function priorsFor(
  actor: Actor,
  caseId: string,
  priors: Priors,
): Promise<PriorCase[] | undefined> {
  if (actor.kind !== 'participant') return priors.of(caseId)
  if (actor.caseId !== caseId || actor.priorCaseId === undefined) return []
  const chosen = await priors.chosen(caseId, actor.priorCaseId)
  return chosen ? [chosen] : []
}
