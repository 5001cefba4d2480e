import { Router } from 'express'

export interface HealthOptions {
  /** Told to whoever asks whether this very process lives. */
  readonly processId: string
  /** By name; one that rejects is missing. */
  readonly checks: Readonly<Record<string, () => Promise<void>>>
  /** Turns true when the process has been told to stop. */
  readonly stopping: () => boolean
}

/** Whether the process runs, and whether people can be sent to it. */
export function healthRouter({ processId, checks, stopping }: HealthOptions): Router {
  const router = Router()
  router.get('/health/live', (_request, response) => {
    response.set({ 'Cache-Control': 'no-store', 'X-Process': processId }).json({ live: true })
  })
  router.get('/health/ready', async (_request, response) => {
    const names = Object.keys(checks)
    const outcomes = await Promise.allSettled(Object.values(checks).map((check) => check()))
    const missing = names.filter((_, n) => outcomes[n]?.status === 'rejected')
    if (stopping()) missing.push('stopping')
    response
      .status(missing.length > 0 ? 503 : 200)
      .set('Cache-Control', 'no-store')
      .json({ ready: missing.length === 0, missing })
  })
  return router
}
