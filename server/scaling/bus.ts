import { RedisPresence } from '@colyseus/redis-presence'
import { redisOptions } from './redis-options.ts'

/**
 * How a room hears what another process asks of it. Colyseus awaits little of what it says here, so
 * what cannot be said is told to `onTrouble` instead of ending the process.
 */
export class Bus extends RedisPresence {
  readonly #onTrouble: (error: unknown) => void

  constructor(redisUrl: string, onTrouble: (error: unknown) => void) {
    super(redisOptions(redisUrl))
    this.#onTrouble = onTrouble
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

  async #bear(say: () => Promise<unknown>): Promise<void> {
    try {
      await say()
    } catch (error) {
      this.#onTrouble(error)
    }
  }
}
