import { type Request, Router } from 'express'
import {
  type PacsSeries,
  type PacsStudies,
  pacsImportRequest,
  type SeriesPath,
  type StudySearch,
  seriesSearch,
  studySearch,
} from '../../../shared/pacs/pacs.ts'
import { PacsError, type PacsRefusal } from '../../../shared/pacs/pacs-error.ts'
import type { Actor } from '../../identity/actor.ts'
import { HttpError } from '../http-error.ts'
import { parseBody } from '../parse-body.ts'
import { staffOf } from './access.ts'

/** The hospital's PACS. Throws PacsError. */
export interface Pacs {
  searchStudies(search: StudySearch, signal: AbortSignal): Promise<PacsStudies>
  searchSeries(studyInstanceUID: string, signal: AbortSignal): Promise<PacsSeries[]>
  /** Begins an import; `record` is durable before anything is fetched. */
  bring(
    wanted: { series: readonly SeriesPath[]; title?: string | undefined },
    record: (importId: string) => Promise<void>,
  ): Promise<string>
}

export interface PacsOptions {
  /** Undefined where none is set up. */
  readonly pacs: Pacs | undefined
  readonly recordAccess: (
    actor: Actor,
    action: 'searched-pacs' | 'imported',
    subjectId: string,
  ) => Promise<void>
  readonly onTrouble: (error: PacsError) => void
}

const statusOf: Partial<Record<PacsRefusal, number>> = {
  'pacs-not-found': 404,
  'pacs-timeout': 504,
}

/**
 * What the PACS is asked and answers passes through here and is kept nowhere: not in a URL (the
 * questions are bodies), a cache, a log or a database row.
 */
export function pacsRouter({ pacs, recordAccess, onTrouble }: PacsOptions): Router {
  const router = Router()

  router.get('/api/pacs', (request, response) => {
    staffOf(request)
    response.json({ configured: pacs !== undefined })
  })

  const asked = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      return await answer
    } catch (error) {
      if (!(error instanceof PacsError)) throw error
      onTrouble(error)
      throw new HttpError(statusOf[error.code] ?? 502, error.code, error.message)
    }
  }

  router.post('/api/pacs/studies/search', async (request, response) => {
    const actor = staffOf(request)
    const asking = configured(pacs)
    const search = parseBody(studySearch, request)
    await recordAccess(actor, 'searched-pacs', '')
    response.json(await asked(asking.searchStudies(search, goneSignal(request))))
  })

  router.post('/api/pacs/series/search', async (request, response) => {
    const actor = staffOf(request)
    const asking = configured(pacs)
    const { studyInstanceUID } = parseBody(seriesSearch, request)
    await recordAccess(actor, 'searched-pacs', '')
    const series = await asked(asking.searchSeries(studyInstanceUID, goneSignal(request)))
    response.json({ series })
  })

  router.post('/api/pacs/imports', async (request, response) => {
    const actor = staffOf(request)
    const asking = configured(pacs)
    const wanted = parseBody(pacsImportRequest, request)
    const importId = await asking.bring(wanted, (id) => recordAccess(actor, 'imported', id))
    response.status(202).json({ importId })
  })

  return router
}

function configured(pacs: Pacs | undefined): Pacs {
  if (pacs) return pacs
  throw new HttpError(404, 'no-pacs', 'No PACS is set up here: PACS_DICOMWEB_URL is not set.')
}

/** Aborts when whoever asked does not wait any more. */
function goneSignal(request: Request): AbortSignal {
  const gone = new AbortController()
  request.res?.once('close', () => gone.abort(new PacsError('pacs-interrupted')))
  return gone.signal
}
