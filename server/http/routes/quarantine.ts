import { type Request, Router } from 'express'
import { quarantineReview } from '../../../shared/case/quarantine.ts'
import type { AccessAction } from '../../audit/access-log.ts'
import type { SliceSource } from '../../dicom/index.ts'
import type { Actor } from '../../identity/actor.ts'
import type { ImportService } from '../../library/import-service.ts'
import type { Quarantine } from '../../library/quarantine.ts'
import { HttpError } from '../http-error.ts'
import { parseBody } from '../parse-body.ts'
import { staffOf } from './access.ts'

export interface QuarantineOptions {
  readonly quarantine: Quarantine
  readonly imports: ImportService
  readonly draw: (source: SliceSource) => Promise<Uint8Array>
  /** On record before anything is shown or done: these pictures may name a patient. */
  readonly recordAccess: (actor: Actor, action: AccessAction, importId: string) => Promise<void>
}

export function quarantineRouter(options: QuarantineOptions): Router {
  const { quarantine, imports, draw, recordAccess } = options
  const router = Router()

  router.get('/api/imports/:importId/quarantine', async (request, response) => {
    const { importId } = askedFor(request)
    const held = await quarantine.find(importId)
    if (!held) throw notHeld()
    response.json(held)
  })

  router.get('/api/imports/:importId/quarantine/slices/:index', async (request, response) => {
    const { actor, importId } = askedFor(request)
    const index = Number(request.params.index)
    const source = Number.isInteger(index) ? await quarantine.sourceOf(importId, index) : undefined
    if (!source) throw notHeld()
    await recordAccess(actor, 'saw-held-back', importId)
    response.type('png').send(Buffer.from(await draw(source)))
  })

  router.post('/api/imports/:importId/quarantine/release', async (request, response) => {
    const { actor, importId } = askedFor(request)
    const { slices } = parseBody(quarantineReview, request)
    await recordAccess(actor, 'released', importId)
    const released = await imports.release(importId, slices)
    if (!released) throw notHeld()
    response.status(202).json({ importId: released })
  })

  router.delete('/api/imports/:importId/quarantine', async (request, response) => {
    const { actor, importId } = askedFor(request)
    await recordAccess(actor, 'discarded', importId)
    if (!(await quarantine.discard(importId))) throw notHeld()
    response.status(204).end()
  })

  return router
}

function askedFor(request: Request): { actor: Actor; importId: string } {
  return { actor: staffOf(request), importId: String(request.params.importId) }
}

const notHeld = () =>
  new HttpError(404, 'not-held-back', 'Nothing is held back here: somebody has decided about it.')
