import { type Response, Router } from 'express'
import type { Actor } from '../../identity/actor.ts'
import type { CaseRepository } from '../../library/ports.ts'
import { isVolumeId, type VolumeStore } from '../../volume/volume-store.ts'
import { HttpError } from '../http-error.ts'
import { actorOf, readerOf } from './access.ts'
import { keepPictures } from './keep-pictures.ts'

export interface VolumesOptions {
  readonly cases: Pick<CaseRepository, 'caseOfVolume'>
  readonly store: VolumeStore
  readonly recordSight: (actor: Actor, action: 'saw', volumeId: string) => Promise<void>
}

export function volumesRouter({ cases, store, recordSight }: VolumesOptions): Router {
  const router = Router()

  router.get('/api/volumes/:volumeId/zarr/*key', async (request, response) => {
    actorOf(request)
    const { volumeId } = request.params
    const key = request.params.key.join('/')
    const caseId = isVolumeId(volumeId) ? await cases.caseOfVolume(volumeId) : undefined
    const actor = readerOf(request, caseId)
    const path = caseId && store.pathOf(volumeId, key)
    if (!path) throw missing()
    await recordSight(actor, 'saw', volumeId)
    await sendKey(response, store.root, path, actor)
  })

  return router
}

/** Whole or a range of it (RFC 9110 §14), as the reader asks. */
async function sendKey(
  response: Response,
  root: string,
  path: string,
  actor: Actor,
): Promise<void> {
  const type = path.endsWith('.json') ? 'application/json' : 'application/octet-stream'
  await new Promise<void>((resolve, reject) => {
    response.sendFile(
      path,
      {
        root,
        cacheControl: false,
        headers: { 'Cache-Control': keepPictures(actor), 'Content-Type': type },
      },
      (error?: NodeJS.ErrnoException & { status?: number }) => {
        if (!error) resolve()
        else if (error.code === 'ENOENT') reject(missing())
        else if (error.status === 416) reject(new HttpError(416, 'bad-range', outOfRange))
        else if (response.headersSent)
          resolve() // the reader went away in the middle
        else reject(error)
      },
    )
  })
}

const outOfRange = 'The key has no such range of bytes.'

function missing(): HttpError {
  return new HttpError(404, 'no-such-key', 'The volume has no such key.')
}
