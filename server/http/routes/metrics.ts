import { type Request, Router } from 'express'
import type { Metrics } from '../../metrics.ts'
import { staffOf } from './access.ts'

const loopback = ['127.0.0.1', '::1', '::ffff:127.0.0.1']

/** For a collector on this machine; from anywhere else with a token. */
export function metricsRouter({ metrics }: { metrics: Metrics }): Router {
  const router = Router()
  router.get('/metrics', async (request, response) => {
    if (!fromHere(request)) staffOf(request)
    response.set('Cache-Control', 'no-store').type(metrics.contentType)
    response.send(await metrics.text())
  })
  return router
}

const fromHere = ({ socket }: Request) => loopback.includes(socket.remoteAddress ?? '')
