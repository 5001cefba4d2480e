import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible'
import type { AttemptCounter } from '../identity/attempt-limiter.ts'

/** Attempts count over all processes; while Redis is away, in each of them. */
export const sharedAttempts =
  (redis: Redis): AttemptCounter =>
  (name, points) => {
    const bounds = { points, duration: 60 }
    return new RateLimiterRedis({
      ...bounds,
      storeClient: redis,
      keyPrefix: `caseroom:attempts:${name}`,
      insuranceLimiter: new RateLimiterMemory(bounds),
    })
  }
