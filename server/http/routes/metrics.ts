import { type Request, Router } from 'express'
import type { Metrics } from '../../metrics.ts'
import { staffOf } from './access.ts'

const loopback = ['127.0.0.1', '::1', '::ffff:127.0.0.1']

/** For a collector on this machine; from anywhere else, a proxy here included, with a token. */
export function metricsRouter({ metrics }: { metrics: Metrics }): Router {
  const router = Router()
  router.get('/metrics', async (request, response) => {
    if (!fromHere(request)) staffOf(request)
    response.set('Cache-Control', 'no-store').type(metrics.contentType)
    response.send(await metrics.text())
  })
  return router
}

const forwarding = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via']

const fromHere = ({ socket, headers }: Request) =>
  loopback.includes(socket.remoteAddress ?? '') &&
  forwarding.every((name) => headers[name] === undefined)
