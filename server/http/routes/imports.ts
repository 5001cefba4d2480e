import { type Request, type Response, Router } from 'express'
import { endStates, type ImportStatus } from '../../../shared/case/import.ts'
import type { Actor } from '../../identity/actor.ts'
import { ImportRefusedError } from '../../library/import-refused.ts'
import type { ImportService } from '../../library/import-service.ts'
import type { Upload } from '../../library/upload.ts'
import { HttpError } from '../http-error.ts'
import { staffOf } from './access.ts'
import { receiveParts } from './receive-parts.ts'
import { sendEvents } from './send-events.ts'

export interface ImportsOptions {
  readonly imports: ImportService
  /** Who imported what; it is on record before the job begins. */
  readonly recordAccess: (actor: Actor, action: 'imported', importId: string) => Promise<void>
}

const longestTitle = 200
/** How long the rest of a refused body is read, so that its sender hears why. */
const refusedBodyMs = 10_000

const statusOfRefusal: Record<string, number> = {
  'file-too-large': 413,
  'upload-too-large': 413,
  'too-many-files': 413,
  'disk-full': 507,
}

export function importsRouter({ imports, recordAccess }: ImportsOptions): Router {
  const router = Router()

  router.post('/api/imports', async (request, response) => {
    const actor = staffOf(request)
    const upload = await imports.receive()
    const { importId } = upload
    try {
      await receiveUpload(request, upload)
      await recordAccess(actor, 'imported', importId)
      upload.accept()
    } catch (error) {
      await upload.refuse(error)
      discardBody(request)
      if (!(error instanceof ImportRefusedError)) throw error
      const { code, message } = error.problem
      throw new HttpError(statusOfRefusal[code] ?? 400, code, message, { importId })
    }
    response.status(202).json({ importId })
  })

  router.get('/api/imports', async (request, response) => {
    staffOf(request)
    response.json({ imports: await imports.recent() })
  })

  router.get('/api/imports/:importId', async (request, response) => {
    staffOf(request)
    response.json(await statusOf(imports, request.params.importId))
  })

  router.get('/api/imports/:importId/events', async (request, response) => {
    staffOf(request)
    await streamStatus(imports, request.params.importId, response)
  })

  return router
}

async function receiveUpload(request: Request, upload: Upload): Promise<void> {
  await receiveParts(request, {
    file: (content) => upload.addFile(content),
    field: (name, value) => {
      const title = value.trim().slice(0, longestTitle)
      if (name === 'title' && title) upload.title = title
    },
    progress: (fraction) => upload.progress(fraction),
  })
}

async function statusOf(imports: ImportService, importId: string): Promise<ImportStatus> {
  const status = await imports.status(importId)
  if (!status) throw new HttpError(404, 'import-not-found', 'There is no such import.')
  return status
}

/** The job as it is, then every change, until it has ended. */
async function streamStatus(imports: ImportService, importId: string, response: Response) {
  const first = await statusOf(imports, importId)
  const events = sendEvents(response)
  const tell = (status: ImportStatus) => {
    events.send('import', status)
    if (endStates.includes(status.state)) events.close()
  }
  if (endStates.includes(first.state)) return tell(first)
  events.onClosed(imports.watch(importId, tell))
  // Between the look above and the watch it may have moved on.
  tell(await statusOf(imports, importId))
}

function discardBody(request: Request): void {
  if (request.complete || request.destroyed) return
  request.resume()
  const timer = setTimeout(() => request.destroy(), refusedBodyMs)
  request.once('close', () => clearTimeout(timer))
}
