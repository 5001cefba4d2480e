import { Redis } from 'ioredis'
import { StartError } from '../config/start-error.ts'
import { redisOptions } from './redis-options.ts'

/** Throws a StartError where nobody answers. Later, while the line is down, every request fails. */
export async function reachRedis(url: string, onTrouble: (error: unknown) => void): Promise<Redis> {
  const redis = new Redis({ ...redisOptions(url), enableOfflineQueue: false, lazyConnect: true })
  let reached = false
  redis.on('error', (error) => reached && onTrouble(error))
  try {
    await redis.connect()
    reached = true
    return redis
  } catch (cause) {
    redis.disconnect()
    throw new StartError('REDIS_URL names a Redis that cannot be reached.', { cause })
  }
}
