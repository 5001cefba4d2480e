import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import express, { type RequestHandler, Router } from 'express'
import { HttpError } from './http-error.ts'

/** The addresses that the page itself routes. */
const pages = [
  '/',
  '/join',
  '/library',
  '/import',
  '/pacs',
  '/sign-in',
  '/conference/:conferenceId',
  '/findings/:conferenceId',
]

/** Names under assets/ carry a hash of their content. */
const forever = 'public, max-age=31536000, immutable'

/** The built client in `folder`, its assets as Brotli to those who take it. */
export function staticClient(folder: string): Router {
  const router = Router()
  router.get(pages, (_request, response, next) => {
    response.set('Cache-Control', 'no-cache')
    response.sendFile('index.html', { root: folder, cacheControl: false }, (error) => {
      if (error && !response.headersSent) next(notBuilt)
    })
  })
  router.get('/assets/:name', packedAssets(join(folder, 'assets')))
  router.use(
    express.static(folder, {
      index: false,
      redirect: false,
      cacheControl: false,
      setHeaders: (response, path) => {
        const hashed = path.startsWith(join(folder, 'assets/'))
        response.setHeader('Cache-Control', hashed ? forever : 'no-cache')
      },
    }),
  )
  return router
}

/** The `.br` that set-up laid beside an asset. */
function packedAssets(assets: string): RequestHandler<{ name: string }> {
  const packed = new Set(existsSync(assets) ? readdirSync(assets) : [])
  return (request, response, next) => {
    const name = `${request.params.name}.br`
    if (!packed.has(name)) return next()
    response.vary('Accept-Encoding')
    if (!request.acceptsEncodings('br')) return next()
    response.type(request.params.name)
    response.set({ 'Content-Encoding': 'br', 'Cache-Control': forever })
    response.sendFile(name, { root: assets, cacheControl: false }, (error) => {
      if (error && !response.headersSent) next(error)
    })
  }
}

const notBuilt = new HttpError(
  503,
  'client-not-built',
  'The pages of Caseroom are not built yet: run npm run setup, then start again.',
)
