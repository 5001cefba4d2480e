import { createClient } from 'redis'
import { StartError } from '../config/start-error.ts'
import { redisPatienceMs } from './redis-options.ts'

export type Redis = Awaited<ReturnType<typeof reachRedis>>

/** Throws a StartError where nobody answers. Later, while the line is down, every request fails. */
export async function reachRedis(url: string, onTrouble: (error: unknown) => void) {
  const redis = createClient({
    url,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: redisPatienceMs,
      reconnectStrategy: (times) => Math.min(times * 50, 500),
    },
    commandOptions: { timeout: redisPatienceMs },
  })
  let reached = false
  redis.on('error', (error) => reached && onTrouble(error))
  const late = AbortSignal.timeout(redisPatienceMs + 1_000)
  try {
    await Promise.race([
      redis.connect(),
      new Promise((_, reject) => late.addEventListener('abort', () => reject(late.reason))),
    ])
    await redis.ping()
    reached = true
    return redis
  } catch (cause) {
    redis.destroy()
    throw new StartError('REDIS_URL names a Redis that cannot be reached.', { cause })
  }
}
