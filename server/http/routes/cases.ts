import { Router } from 'express'
import { caseDetails, caseQuery } from '../../../shared/case/case.ts'
import type { SightAction } from '../../audit/sightings.ts'
import type { Vault } from '../../dicom/index.ts'
import type { Actor } from '../../identity/actor.ts'
import type { FaceGuard } from '../../library/face-guard.ts'
import type { CaseRecord, CaseRepository } from '../../library/ports.ts'
import type { VolumeStore } from '../../volume/volume-store.ts'
import { HttpError } from '../http-error.ts'
import { readerOf, staffOf } from './access.ts'

export interface CasesOptions {
  readonly cases: CaseRepository
  readonly store: VolumeStore
  readonly faces: FaceGuard
  readonly vault: Pick<Vault, 'erasePatientOf'>
  /** On record before it is done. */
  readonly recordErasure: (actor: Actor, caseId: string) => Promise<void>
  readonly recordSight: (actor: Actor, action: SightAction, caseId: string) => Promise<void>
}

export function casesRouter(options: CasesOptions): Router {
  const { cases, store, faces, vault, recordSight, recordErasure } = options
  const router = Router()

  router.get('/api/cases', async (request, response) => {
    staffOf(request)
    const query = caseQuery.safeParse(request.query)
    if (!query.success) {
      const names = query.error.issues.map((issue) => issue.path.join('.')).join(', ')
      throw new HttpError(400, 'bad-query', `The search has a value that makes no sense: ${names}.`)
    }
    response.json(await cases.search(query.data))
  })

  router.get('/api/cases/:caseId', async (request, response) => {
    const actor = readerOf(request, request.params.caseId)
    const record = await found(cases, request.params.caseId)
    await recordSight(actor, 'opened', record.caseId)
    const { importId: _, demo: __, ...details } = record
    response.json(caseDetails.parse({ ...details, face: await faces.stateOf(record) }))
  })

  router.get('/api/cases/:caseId/thumbnail', async (request, response) => {
    const actor = readerOf(request, request.params.caseId)
    const { caseId, volumes } = await found(cases, request.params.caseId)
    const png = await store.thumbnail(largest(volumes).volumeId)
    await recordSight(actor, 'saw', caseId)
    // Of the case, not of a volume: after a face is masked, it is another at the same address.
    response.set('Cache-Control', 'private, no-cache').type('png').send(png)
  })

  router.delete('/api/cases/:caseId/origin', async (request, response) => {
    const actor = staffOf(request)
    const { caseId } = request.params
    await found(cases, caseId)
    await recordErasure(actor, caseId)
    if (!(await vault.erasePatientOf(caseId))) {
      throw new HttpError(404, 'no-origin', 'Nothing leads from this case to a patient any more.')
    }
    response.status(204).end()
  })

  return router
}

async function found(cases: CaseRepository, caseId: string): Promise<CaseRecord> {
  const record = await cases.find(caseId)
  if (!record) throw new HttpError(404, 'case-not-found', 'There is no such case.')
  return record
}

/** The volume with the most voxels stands for its case. */
function largest(volumes: CaseRecord['volumes']): CaseRecord['volumes'][number] {
  const size = ({ dims: [i, j, k] }: CaseRecord['volumes'][number]) => i * j * k
  return volumes.reduce((a, b) => (size(b) > size(a) ? b : a))
}
