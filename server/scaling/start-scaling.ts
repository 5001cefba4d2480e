import { createHmac, randomUUID } from 'node:crypto'
import type { ScalingConfig } from '../config/scaling-config.ts'
import { StartError } from '../config/start-error.ts'
import { Bus } from './bus.ts'
import { ProcessCalls } from './process-call.ts'
import { reachRedis } from './reach-redis.ts'
import { RedisSiblings } from './redis-siblings.ts'
import { RoomDirectory } from './room-directory.ts'
import { SharedHosting } from './shared-hosting.ts'

export type Scaling = Awaited<ReturnType<typeof startScaling>>

const troubleSaidEveryMs = 10_000

/** This process among others. Throws a StartError where it cannot be. */
export async function startScaling(
  { redisUrl, processAddress }: ScalingConfig,
  parts: {
    secretKey: Uint8Array
    /** PEM, where the processes talk to each other by https. */
    certificate: string | undefined
    onTrouble: (error: unknown) => void
  },
) {
  const { secretKey, certificate } = parts
  const onTrouble = nowAndThen(parts.onTrouble)
  const self = { processId: randomUUID(), address: processAddress }
  const keyCheck = createHmac('sha256', secretKey).update('caseroom key check').digest('hex')
  const calls = new ProcessCalls(certificate)
  const redis = await reachRedis(redisUrl, onTrouble)
  const siblings = new RedisSiblings(redis, { ...self, keyCheck }, calls)
  const directory = new RoomDirectory(redisUrl, self, onTrouble)
  if (!(await siblings.agreeOnKey())) {
    throw new StartError('SECRET_KEY must be the same for all processes on one REDIS_URL.')
  }
  return {
    siblings,
    directory,
    calls,
    bus: new Bus(redisUrl, onTrouble),
    hosting: new SharedHosting(self, directory, calls),
    redis,
    /** Once it listens. Throws a StartError where the others could not find it. */
    join: async () => {
      if (!(await calls.lives(self))) {
        throw new StartError(
          `PROCESS_ADDRESS must lead to this process; ${processAddress} does not.`,
        )
      }
      await siblings.join()
    },
    /** Rejects where Redis does not answer. */
    ping: async () => {
      await redis.ping()
    },
    /** Colyseus closes its own two connections. */
    close: async () => {
      await siblings.leave().catch(onTrouble) // the others find that nobody answers
      redis.disconnect()
    },
  }
}

/** Every connection says every attempt that fails: one line now and then is enough. */
function nowAndThen(say: (error: unknown) => void): (error: unknown) => void {
  let saidAtMs = Number.NEGATIVE_INFINITY
  return (error) => {
    if (performance.now() - saidAtMs < troubleSaidEveryMs) return
    saidAtMs = performance.now()
    say(error)
  }
}
