import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import type { HostProcess } from './host-process.ts'
import type { ProcessCalls } from './process-call.ts'
import type { Siblings } from './siblings.ts'

/** A hash: each process under its id, as JSON. */
const register = 'caseroom:processes'

/** Well under the ten seconds between two looks for what dead processes left. */
const joinEveryMs = 3_000
const lockMs = 10_000
const renewEveryMs = 3_000
const lockLookMs = 100

const ifMine = (act: string) =>
  `if redis.call('get', KEYS[1]) == ARGV[1] then return ${act} end return 0`
const renewIt = ifMine(`redis.call('pexpire', KEYS[1], ${lockMs})`)
const unlockIt = ifMine(`redis.call('del', KEYS[1])`)

interface Registered extends HostProcess {
  /** Tells whether two processes have the same SECRET_KEY, and nothing else of it. */
  readonly keyCheck: string
}

/** The other processes, as a register in Redis names them and their own addresses confirm. */
export class RedisSiblings implements Siblings {
  readonly #redis: Redis
  readonly #self: Registered
  readonly #calls: ProcessCalls
  #joining: ReturnType<typeof setInterval> | undefined

  constructor(redis: Redis, self: Registered, calls: ProcessCalls) {
    this.#redis = redis
    this.#self = self
    this.#calls = calls
  }

  get processId(): string {
    return this.#self.processId
  }

  /** Registers itself, and again and again: it may be struck off by who asked while it was busy. */
  async join(): Promise<void> {
    await this.#register()
    this.#joining = setInterval(() => {
      this.#register().catch(() => undefined) // next time
    }, joinEveryMs).unref()
  }

  async leave(): Promise<void> {
    clearInterval(this.#joining)
    await this.#redis.hdel(register, this.processId)
  }

  async living(): Promise<string[]> {
    return (await this.#others()).map(({ processId }) => processId)
  }

  /** Whether the processes that live have the same SECRET_KEY as this one. */
  async agreeOnKey(): Promise<boolean> {
    return (await this.#others()).every(({ keyCheck }) => keyCheck === this.#self.keyCheck)
  }

  async exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
    const key = `caseroom:lock:${name}`
    const mine = randomUUID()
    while (!(await this.#redis.set(key, mine, 'PX', lockMs, 'NX'))) await delay(lockLookMs)
    const renewing = setInterval(() => {
      this.#redis.eval(renewIt, 1, key, mine).catch(() => undefined) // next time
    }, renewEveryMs)
    try {
      return await work()
    } finally {
      clearInterval(renewing)
      await this.#redis.eval(unlockIt, 1, key, mine).catch(() => undefined) // it expires
    }
  }

  async #register(): Promise<void> {
    await this.#redis.hset(register, this.processId, JSON.stringify(this.#self))
  }

  /** Those that no longer answer as themselves are struck off. */
  async #others(): Promise<Registered[]> {
    const texts = Object.values(await this.#redis.hgetall(register))
    const others = texts
      .map((text) => JSON.parse(text) as Registered)
      .filter(({ processId }) => processId !== this.processId)
    const alive = await Promise.all(others.map((other) => this.#calls.lives(other)))
    const gone = others.filter((_, n) => !alive[n]).map(({ processId }) => processId)
    if (gone.length > 0) await this.#redis.hdel(register, ...gone)
    return others.filter((_, n) => alive[n])
  }
}
