import type { Request, Response } from 'express'
import type { AttemptLimiter } from '../../identity/attempt-limiter.ts'
import { HttpError } from '../http-error.ts'

/** Refusals that say a guess was wrong; any other says something else. */
const wrongGuesses = [401, 404]

/** Runs `attempt` unless its sender has guessed wrong too often of late: 429, with when to retry. */
export async function limitAttempts<T>(
  limiter: AttemptLimiter,
  request: Request,
  response: Response,
  attempt: () => Promise<T>,
): Promise<T> {
  const outcome = await limiter.attempt(request.socket.remoteAddress ?? '', attempt, isWrongGuess)
  if ('result' in outcome) return outcome.result
  const seconds = Math.max(1, Math.ceil(outcome.retryAfterMs / 1000))
  response.set('Retry-After', `${seconds}`)
  throw new HttpError(429, 'too-many-attempts', `Too many attempts. Try again in ${seconds} s.`, {
    retryAfterSeconds: seconds,
  })
}

const isWrongGuess = (error: unknown) =>
  error instanceof HttpError && wrongGuesses.includes(error.status)
