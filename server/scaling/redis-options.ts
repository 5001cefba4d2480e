import type { RedisOptions } from 'ioredis'

/** How long anybody waits for Redis: who asked hears of it and may ask again. */
const redisPatienceMs = 2_000

/** A `redis://` or `rediss://` URL as Colyseus's own packages take it. */
export function redisOptions(redisUrl: string): RedisOptions {
  const { protocol, hostname, port, username, password, pathname } = new URL(redisUrl)
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(port || 6379),
    ...(username && { username: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
    db: Number(pathname.slice(1) || 0),
    ...(protocol === 'rediss:' && { tls: { servername: hostname } }),
    connectTimeout: redisPatienceMs,
    commandTimeout: redisPatienceMs,
    maxRetriesPerRequest: 1,
    retryStrategy: (times) => Math.min(times * 50, 500),
  }
}
