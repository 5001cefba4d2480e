import { afterEach, describe, expect, it } from 'vitest'
import { Attendant } from '../support/attendant.ts'
import { Installation } from '../support/installation.ts'
import { openConference } from '../support/open-conference.ts'
import { Caseroom } from '../support/start-caseroom.ts'
import { startRedis } from '../support/start-redis.ts'
import { until } from '../support/until.ts'

const env = { DEMO_CASE: 'on', MEDIA_WORKERS: '0' }

let installation: Installation | undefined
afterEach(async () => {
  await installation?.remove()
  installation = undefined
})

const start = async () => {
  installation = await Installation.start({ database: 'postgres', env })
  const [first, second] = installation.processes as [Caseroom, Caseroom]
  const { links } = await openConference(first)
  return { installation, first, second, links }
}
const windowOf = (one: Attendant) => one.state?.window.windowWidth
const point = (annotationId: string) => ({ annotationId, kind: 'point', pointsMm: [[1, 2, 3]] })

describe('processes in trouble', { timeout: 120_000 }, () => {
  it('[OPS-2] a process that hangs is replaced, and gives way when it wakes', async () => {
    const { first, second, links } = await start()
    const sleeper = await Attendant.join(first.url, links.attending, 'Dr Ada Okafor')
    await until('a lead', () => sleeper.state?.presenterId === sleeper.participantId)
    process.kill(first.pid, 'SIGSTOP')
    const guest = await Attendant.join(second.url, links.resident, 'Ben Resident')
    await until('the state', () => guest.state?.seq)
    expect(await guest.command('addAnnotation', point('beside'))).toMatchObject({ ok: true })
    const late = expect(
      sleeper.command('addAnnotation', point('late'), 'while-it-slept'),
    ).rejects.toThrow()
    process.kill(first.pid, 'SIGCONT')

    await late
    await until('the sleeper is back', () => sleeper.connected && sleeper.state)
    await until('together', () => guest.state?.participants.size === 2)
    const again = await sleeper.command('addAnnotation', point('late'), 'while-it-slept')
    expect(again).toMatchObject({ ok: true })
    await until('both marks for both', () =>
      [sleeper, guest].every(({ state }) => state?.annotations.size === 2),
    )
    await until('one state', () => sleeper.hash === guest.hash)
    const metrics = await (await first.call('GET', '/metrics')).text()
    expect(metrics).toMatch(/^caseroom_conferences 0$/m)
  })

  it('[OPS-2] without Redis conferences go on; with it back, everybody finds them', async () => {
    const { installation, first, second, links } = await start()
    const attending = await Attendant.join(first.url, links.attending, 'Dr Ada Okafor')
    const across = await Attendant.join(second.url, links.resident, 'Ben Resident')
    await until('a lead', () => attending.state?.presenterId === attending.participantId)
    await installation.redis.stop('SIGKILL')

    await until('said by readiness', async () => {
      const body = await (await first.call('GET', '/health/ready')).json()
      return (body as { missing: string[] }).missing.includes('redis')
    })
    const window = { windowCenter: 1, windowWidth: 77 }
    expect(await attending.command('setWindow', window)).toMatchObject({ ok: true })
    await until('seen across', () => windowOf(across) === 77)
    const here = await Attendant.join(first.url, links.resident, 'Cleo Resident')
    await until('who comes to the host gets in', () => here.state?.participants.size === 3)
    await expect(Attendant.join(second.url, links.resident, 'Dan Resident')).rejects.toThrow(
      /could not be reached/,
    )

    const redis = await startRedis({ port: installation.redis.port })
    try {
      const late = await until('anybody gets in anywhere', () =>
        Attendant.join(second.url, links.resident, 'Eve Resident'),
      )
      await until('all together', () => late.state?.participants.size === 4)
      expect([attending, across, here].map(({ states }) => states.length)).toEqual([1, 1, 1])
      expect([first, second].map(({ running }) => running)).toEqual([true, true])
    } finally {
      await redis.stop()
    }
  })

  it('[OPS-2] a process that is told to stop hands its conferences over', async () => {
    const { installation, first, second, links } = await start()
    const { url } = installation.door
    const attending = await Attendant.join(url, links.attending, 'Dr Ada Okafor')
    const guest = await Attendant.join(url, links.resident, 'Ben Resident')
    await until('both', () => attending.state?.participants.size === 2)
    expect(await guest.command('addAnnotation', point('kept'))).toMatchObject({ ok: true })
    const host = await installation.host()
    const other = host === first ? second : first
    const working = guest
      .command('addAnnotation', point('asked'), 'in-flight')
      .catch(() => undefined)
    expect(await installation.end(host, 'SIGTERM')).toBe(0)

    const people = [attending, guest]
    await until('both are back', () => people.every((one) => one.connected && one.state))
    const answer =
      (await working) ?? (await guest.command('addAnnotation', point('asked'), 'in-flight'))
    expect(answer).toMatchObject({ ok: true })
    await until('both marks', () => people.every(({ state }) => state?.annotations.size === 2))
    expect(await installation.host()).toBe(other)
  })

  it('[OPS-2] a door that leads to the wrong process leads on to the right one', async () => {
    const { first, second, links } = await start()
    const attending = await Attendant.join(first.url, links.attending, 'Dr Ada Okafor')
    await until('a state', () => attending.state?.seq)
    const joined = await second.call('POST', '/api/conferences/join', {
      body: { invitation: new URL(links.resident).hash.slice(1), displayName: 'Ben Resident' },
    })
    const { seat } = (await joined.json()) as { seat: Record<string, string> }
    const at = (port: number) =>
      new WebSocket(`ws://127.0.0.1:${port}/${seat.processId}/${seat.roomId}?sessionId=nobody`)
    const refusal = (socket: WebSocket) =>
      new Promise<number>((resolve) => {
        socket.addEventListener('close', ({ code }) => resolve(code))
      })
    expect(await refusal(at(second.port))).toBe(await refusal(at(first.port)))
    await first.stop('SIGKILL')
    expect(await refusal(at(second.port))).toBe(1006)
    expect(second.running).toBe(true)
  })

  it('[OPS-2] what is carried to a process that hangs is let go when its sender has gone', async () => {
    const { first, second, links } = await start()
    const attending = await Attendant.join(first.url, links.attending, 'Dr Ada Okafor')
    await until('a state', () => attending.state?.seq)
    const guest = await Attendant.join(second.url, links.resident, 'Ben Resident')
    await until('both', () => attending.state?.participants.size === 2)
    const carried = async () => {
      const metrics = await (await second.call('GET', '/metrics')).text()
      return /^caseroom_sockets_carried (\d+)$/m.exec(metrics)?.[1]
    }
    expect(await carried()).toBe('1')
    process.kill(first.pid, 'SIGSTOP')
    try {
      void guest.leave() // nobody answers it
      await until('nothing is carried', async () => (await carried()) === '0')
    } finally {
      process.kill(first.pid, 'SIGCONT')
    }
  })

  it('[JOIN-2] wrong codes count in all processes together', async () => {
    const { first, second } = await start()
    const guess = (at: Caseroom, n: number) =>
      at.call('POST', '/api/conferences/join', {
        body: { code: `AB${String(n).padStart(4, '2')}`, displayName: 'Guesser' },
      })
    const statuses: number[] = []
    for (let n = 0; n < 14; n++) statuses.push((await guess([first, second][n % 2]!, n)).status)
    expect(statuses).toEqual([...Array(10).fill(404), ...Array(4).fill(429)])
  })

  it('[OPS-2] on one machine each takes media ports of its own, where nobody chose them', async () => {
    const media = { MEDIA_PORT: '', MEDIA_WORKERS: '2' }
    installation = await Installation.start({ database: 'sqlite', env: { ...env, ...media } })
    for (const process of installation.processes) {
      const metrics = await (await process.call('GET', '/metrics')).text()
      expect(metrics).toMatch(/^caseroom_media_workers 2$/m)
    }
  })

  it('[OPS-2] processes that do not share a key, or a folder, do not start together', async () => {
    const { installation, first } = await start()
    const strange = await Caseroom.spawn({
      env: { ...env, REDIS_URL: installation.redis.url, SECRET_KEY: 'x'.repeat(40) },
    })
    expect(await strange.exited()).toBe(1)
    expect(strange.stderr).toContain('SECRET_KEY must be the same')
    await strange.remove()
    const hidden = await Caseroom.spawn({
      env: { ...env, REDIS_URL: installation.redis.url, PROCESS_ADDRESS: '127.0.0.1:1' },
      dataDir: first.dataDir,
    })
    expect(await hidden.exited()).toBe(1)
    expect(hidden.stderr).toContain('PROCESS_ADDRESS must lead to this process')
    const alone = await Caseroom.spawn({ env, dataDir: first.dataDir })
    expect(await alone.exited()).toBe(1)
    expect(alone.stderr).toContain('Another Caseroom is running on this DATA_DIR')
    const unreached = await Caseroom.spawn({ env: { REDIS_URL: 'redis://127.0.0.1:1' } })
    expect(await unreached.exited()).toBe(1)
    expect(unreached.stderr).toBe('REDIS_URL names a Redis that cannot be reached.\n')
    await unreached.remove()
  })
})
