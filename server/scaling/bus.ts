import { RedisPresence } from '@colyseus/redis-presence'
import { redisOptions } from './redis-options.ts'

/**
 * Cut while they connect, ioredis 5.11's lines without a ready check are taken for ready and never
 * connect again, unless they have nothing to say first; and what it subscribes to by itself ends the
 * process where it is refused. RedisPresence subscribes again itself.
 */
const lineThatLasts = { disableClientInfo: true, autoResubscribe: false }

/**
 * How a room hears what another process asks of it. Colyseus awaits little of what it says here, so
 * what cannot be said is told to `onTrouble` instead of ending the process.
 */
export class Bus extends RedisPresence {
  readonly #onTrouble: (error: unknown) => void

  constructor(redisUrl: string, onTrouble: (error: unknown) => void) {
    super({ ...redisOptions(redisUrl), ...lineThatLasts })
    this.#onTrouble = onTrouble
  }

  /** What it could not subscribe to it subscribes to when the line stands again. */
  override async subscribe(topic: string, callback: (data: unknown) => void): Promise<this> {
    await this.#bear(() => super.subscribe(topic, callback))
    return this
  }

  override async publish(topic: string, data: unknown): Promise<void> {
    await this.#bear(() => super.publish(topic, data))
  }

  override async unsubscribe(topic: string, callback?: (data: unknown) => void): Promise<this> {
    await this.#bear(() => super.unsubscribe(topic, callback))
    return this
  }

  /** How many rooms each process has: Colyseus's own book-keeping, which nobody here reads. */
  override async hset(): Promise<boolean> {
    return true
  }

  override async hdel(): Promise<boolean> {
    return true
  }

  /** Nobody waits for it: a process that stops does not wait for Redis. */
  override shutdown(): void {
    for (const line of [this.sub, this.pub]) void this.#bear(() => line.quit())
  }

  async #bear(say: () => Promise<unknown>): Promise<void> {
    try {
      await say()
    } catch (error) {
      this.#onTrouble(error)
    }
  }
}
