import { Router } from 'express'
import { z } from 'zod'
import type { AttemptLimiter } from '../../identity/attempt-limiter.ts'
import type { SignIn } from '../../identity/sign-in.ts'
import { HttpError } from '../http-error.ts'
import type { LoginCookie } from '../login-cookie.ts'
import { parseBody } from '../parse-body.ts'
import { actorOf } from './access.ts'
import { limitRate } from './limit-attempts.ts'

export const signInRequest = z.strictObject({ token: z.string().min(1).max(200) })
export const signedIn = z.strictObject({ kind: z.string(), name: z.string() })

export interface SignInOptions {
  readonly signIn: SignIn
  readonly cookie: LoginCookie
  readonly limiter: AttemptLimiter
}

export function signInRouter({ signIn, cookie, limiter }: SignInOptions): Router {
  const router = Router()

  router.post('/api/sign-in', async (request, response) => {
    const { token } = parseBody(signInRequest, request)
    const actor = await limitRate({ limiter, request, response }, async () => {
      const redeemed = await signIn.byLink(token)
      if (!redeemed) {
        throw new HttpError(401, 'link-used-up', 'This link has been used or has expired.')
      }
      return redeemed
    })
    cookie.set(response, signIn.cookieToken(actor))
    response.json({ kind: actor.kind, name: actor.name })
  })

  router.post('/api/sign-out', (_request, response) => {
    cookie.clear(response)
    response.set('Clear-Site-Data', '"cache", "storage"')
    response.status(204).end()
  })

  router.get('/api/me', (request, response) => {
    const actor = actorOf(request)
    const name = actor.kind === 'participant' ? actor.displayName : actor.name
    response.json({ kind: actor.kind, name })
  })

  return router
}
