import { Router } from 'express'
import { openApiDocument } from '../openapi.ts'

export function openApiRouter(): Router {
  const router = Router()
  const document = openApiDocument()
  router.get('/api/openapi.json', (_request, response) => {
    response.set('Cache-Control', 'no-cache').json(document)
  })
  return router
}
