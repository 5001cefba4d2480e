import type { Request, Response } from 'express'
import type { AttemptLimiter, AttemptOutcome } from '../../identity/attempt-limiter.ts'
import { refusalOf } from '../errors.ts'
import { HttpError } from '../http-error.ts'

/** Refusals that say a guess was wrong; any other says something else. */
const wrongGuesses = [401, 404]

interface Limited {
  readonly limiter: AttemptLimiter
  readonly request: Request
  readonly response: Response
}

/** Runs `attempt` unless its sender has guessed wrong too often of late: 429, with when to retry. */
export async function limitGuesses<T>(limited: Limited, attempt: () => Promise<T>): Promise<T> {
  return orRetryLater(limited, await limited.limiter.guess(addressOf(limited), attempt, isWrong))
}

/** The same for what nobody guesses, 32 random bytes: only its rate is bounded, wrong or right. */
export async function limitRate<T>(limited: Limited, attempt: () => Promise<T>): Promise<T> {
  return orRetryLater(limited, await limited.limiter.bounded(addressOf(limited), attempt))
}

function orRetryLater<T>({ response }: Limited, outcome: AttemptOutcome<T>): T {
  if ('result' in outcome) return outcome.result
  const seconds = Math.max(1, Math.ceil(outcome.retryAfterMs / 1000))
  response.set('Retry-After', `${seconds}`)
  throw new HttpError(429, 'too-many-attempts', `Too many attempts. Try again in ${seconds} s.`, {
    retryAfterSeconds: seconds,
  })
}

/** The sender's, as a proxy we trust tells it, else whoever connects. */
const addressOf = ({ request }: Limited) => request.ip ?? ''

const isWrong = (error: unknown) => wrongGuesses.includes(refusalOf(error)?.status ?? 0)
