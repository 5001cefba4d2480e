import { Redis } from 'ioredis'
import pg from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import { Attendant } from '../support/attendant.ts'
import { Door } from '../support/door.ts'
import { Installation } from '../support/installation.ts'
import { openConference } from '../support/open-conference.ts'
import type { Caseroom } from '../support/start-caseroom.ts'
import { until } from '../support/until.ts'

const env = { DEMO_CASE: 'on', MEDIA_WORKERS: '0' }

const atEnd: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of atEnd.splice(0).reverse()) await end()
})

async function start() {
  const installation = await Installation.start({ database: 'postgres', env })
  atEnd.push(() => installation.remove())
  const [first, second] = installation.processes as [Caseroom, Caseroom]
  return { installation, first, second }
}

/** Redis, asked by its keeper. */
function keeper({ redis: { url } }: Installation): Redis {
  const redis = new Redis(url)
  atEnd.push(async () => redis.disconnect())
  return redis
}

/** A process whose line to Redis can be cut, while Redis and everybody else's lines stand. */
async function withLine(installation: Installation) {
  let whole = true
  const line = await Door.open(() => (whole ? [installation.redis.port] : []))
  atEnd.push(() => line.close())
  const process = await installation.spawn({
    env: { REDIS_URL: line.url.replace('http:', 'redis:') },
  })
  await process.opened()
  const isCut = async () => (await missing(process)).includes('redis')
  return {
    process,
    cut: async () => {
      whole = false
      line.drop()
      await until('it misses Redis', isCut)
    },
    mend: async () => {
      whole = true
      await until('it has Redis', async () => !(await isCut()))
    },
  }
}

async function missing(process: Caseroom): Promise<string[]> {
  const body = await (await process.call('GET', '/health/ready')).json()
  return (body as { missing: string[] }).missing
}

async function conferencesAt(process: Caseroom): Promise<number> {
  const metrics = await (await process.call('GET', '/metrics')).text()
  return Number(metrics.match(/^caseroom_conferences (\d+)$/m)?.[1])
}

const join = (at: Caseroom, link: string, name: string) => Attendant.join(at.url, link, name)

describe('Redis in trouble', { timeout: 120_000 }, () => {
  it('[OPS-2] a conference that ended while Redis was out of reach opens anywhere after', async () => {
    const { installation, second } = await start()
    const { process, cut, mend } = await withLine(installation)
    const { links } = await openConference(process)
    const attending = await join(process, links.attending, 'Dr Ada Okafor')
    await until('a state', () => attending.state?.seq)
    await cut()
    await attending.leave()
    await until('it ended', async () => (await conferencesAt(process)) === 0)
    await until('it says so', () => process.stderr.includes('"what":"hosting"'))
    await mend()
    const guest = await join(second, links.resident, 'Ben Resident')
    await until('the state', () => guest.state?.seq)
  })

  it('[OPS-2] a conference asked for while Redis hung opens anywhere after', async () => {
    const { installation, first, second } = await start()
    const { links } = await openConference(first)
    process.kill(installation.redis.pid, 'SIGSTOP')
    try {
      await expect(join(first, links.attending, 'Dr Ada Okafor')).rejects.toThrow(
        /could not be reached/,
      )
      expect(await missing(first)).toContain('redis')
    } finally {
      process.kill(installation.redis.pid, 'SIGCONT')
    }
    const guest = await join(second, links.resident, 'Ben Resident')
    await until('the state', () => guest.state?.seq)
  })

  it('[OPS-2] a room that could not be listed takes nothing from the one opened after it', async () => {
    const { installation, second } = await start()
    const { process, cut, mend } = await withLine(installation)
    const { links } = await openConference(process)
    const database = new pg.Client({ connectionString: installation.databaseUrl })
    await database.connect()
    atEnd.push(() => database.end())
    await database.query('begin; lock table conference_events')
    const refused = expect(join(process, links.attending, 'Dr Ada Okafor')).rejects.toThrow(
      /could not be reached/,
    )
    const redis = keeper(installation)
    await until('it is claimed', async () => (await redis.hlen('roomcaches')) > 0)
    await cut()
    await database.query('commit')
    await refused
    await mend()
    const attending = await join(process, links.attending, 'Dr Ada Okafor')
    await until('a state', () => attending.state?.seq)
    const guest = await join(second, links.resident, 'Ben Resident')
    await until('both', () => attending.state?.participants.size === 2)
    expect(guest.state?.participants.size).toBe(2)
  })

  it('[OPS-2] a process that cannot hear the others goes on, and hears them again', async () => {
    const { installation, first, second } = await start()
    const redis = keeper(installation)
    const { links } = await openConference(first)
    const attending = await join(first, links.attending, 'Dr Ada Okafor')
    await until('a state', () => attending.state?.seq)
    await redis.acl('SETUSER', 'default', '-subscribe')
    await expect(join(second, links.resident, 'Ben Resident')).rejects.toThrow(
      /could not be reached/,
    )
    const deaf = await openConference(second)
    const alone = await join(second, deaf.links.attending, 'Dr Cleo Chen')
    await until('a state', () => alone.state?.seq)
    await redis.acl('SETUSER', 'default', '+subscribe')
    await redis.client('KILL', 'TYPE', 'pubsub')
    for (const [at, to] of [
      [second, links],
      [first, deaf.links],
    ] as const) {
      const guest = await join(at, to.resident, 'Ben Resident')
      await until('both', () => guest.state?.participants.size === 2)
    }
    expect([first, second].map(({ running }) => running)).toEqual([true, true])
  })

  it.each(['SIGSTOP', 'SIGKILL'] as const)(
    '[OPS-2] a process stops in good order while Redis is away after %s',
    async (signal) => {
      const { installation, first } = await start()
      const { links } = await openConference(first)
      const attending = await join(first, links.attending, 'Dr Ada Okafor')
      await until('a state', () => attending.state?.seq)
      if (signal === 'SIGKILL') await installation.redis.stop(signal)
      else process.kill(installation.redis.pid, signal)
      try {
        expect(await installation.end(first, 'SIGTERM')).toBe(0)
      } finally {
        if (signal === 'SIGSTOP') process.kill(installation.redis.pid, 'SIGCONT')
      }
    },
  )
})
