import { Router } from 'express'
import { z } from 'zod'
import { type AccessLog, accessActions } from '../../audit/access-log.ts'
import { HttpError } from '../http-error.ts'
import { staffOf } from './access.ts'

export const accessEntries = z.strictObject({
  entries: z.array(
    z.strictObject({
      entryId: z.int(),
      atMs: z.int(),
      actor: z.strictObject({ kind: z.string(), id: z.string(), name: z.string() }),
      action: z.enum(accessActions),
      subjectId: z.string(),
    }),
  ),
})

/** A page is the 1000 newest; `before` the last one's `entryId` is the next. */
export const accessQuery = z.strictObject({
  before: z.coerce.number().int().positive().optional(),
  subjectId: z.string().max(64).optional(),
})

const mostEntries = 1000

/** Who did and saw what, newest first: for those who run the installation. */
export function accessLogRouter({ accessLog }: { accessLog: AccessLog }): Router {
  const router = Router()
  router.get('/api/access-log', async (request, response) => {
    if (staffOf(request).kind !== 'admin') {
      throw new HttpError(403, 'not-allowed', 'Only an admin may read the access log.')
    }
    const query = accessQuery.safeParse(request.query)
    if (!query.success) {
      throw new HttpError(400, 'bad-query', 'before must be an entryId, and subjectId an id.')
    }
    response.json({ entries: await accessLog.recent(mostEntries, query.data) })
  })
  return router
}
