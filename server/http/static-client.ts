import { join } from 'node:path'
import express, { Router } from 'express'
import { HttpError } from './http-error.ts'

/** The addresses that the page itself routes. */
const pages = ['/', '/join', '/library', '/import', '/sign-in', '/conference/:conferenceId']

const oneYearSeconds = 31_536_000

/** The built client in `folder`. Names under assets/ carry a hash of the content; others change. */
export function staticClient(folder: string): Router {
  const router = Router()
  router.get(pages, (_request, response, next) => {
    response.set('Cache-Control', 'no-cache')
    response.sendFile('index.html', { root: folder, cacheControl: false }, (error) => {
      if (error && !response.headersSent) next(notBuilt)
    })
  })
  router.use(
    express.static(folder, {
      index: false,
      redirect: false,
      cacheControl: false,
      setHeaders: (response, path) => {
        const hashed = path.startsWith(join(folder, 'assets/'))
        response.setHeader(
          'Cache-Control',
          hashed ? `public, max-age=${oneYearSeconds}, immutable` : 'no-cache',
        )
      },
    }),
  )
  return router
}

const notBuilt = new HttpError(
  503,
  'client-not-built',
  'The pages of Caseroom are not built yet: run npm run setup, then start again.',
)
