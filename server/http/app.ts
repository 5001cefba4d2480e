import express, { type Express, type RequestHandler, type Router } from 'express'
import type { Logger } from '../logger.ts'
import { bodyDeadline } from './body-deadline.ts'
import { errorHandler, noSuchRoute } from './errors.ts'
import { logRequests } from './log-requests.ts'
import { nameRequest } from './request-id.ts'

export interface AppParts {
  readonly logger: Logger
  /** Addresses and networks whose X-Forwarded-For counts; nobody else's does. */
  readonly trustProxy: readonly string[]
  readonly securityHeaders: RequestHandler
  readonly identify: RequestHandler
  readonly routers: readonly Router[]
  readonly client: Router
}

const longestJson = '64kb'
const longestBodyMs = 30_000

/** What the interface says is for its caller alone; a route whose answer never changes says so. */
const keepNothing: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store')
  next()
}

/** The HTTP side of the house, in the order a request goes through it. */
export function createApp(parts: AppParts): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('query parser', 'simple')
  app.set('trust proxy', parts.trustProxy)
  app.use(nameRequest)
  app.use(logRequests(parts.logger))
  app.use(parts.securityHeaders)
  app.use(parts.identify)
  app.use(bodyDeadline(longestBodyMs))
  app.use('/api', keepNothing)
  app.use('/api', express.json({ limit: longestJson }))
  for (const router of parts.routers) app.use(router)
  app.use('/api', noSuchRoute)
  app.use(parts.client)
  app.use(noSuchRoute)
  app.use(errorHandler(parts.logger))
  return app
}
