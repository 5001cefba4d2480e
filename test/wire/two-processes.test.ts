import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeUp } from '../../shared/protocol/pose-frame.ts'
import { Attendant } from '../support/attendant.ts'
import { Installation } from '../support/installation.ts'
import { openConference } from '../support/open-conference.ts'
import type { Caseroom } from '../support/start-caseroom.ts'
import { until } from '../support/until.ts'

const settle = (people: readonly Attendant[], what: string, is: (one: Attendant) => boolean) =>
  until(what, () => people.every((one) => one.state && is(one)))

async function carriedBy(process: Caseroom): Promise<number> {
  const metrics = await (await process.call('GET', '/metrics')).text()
  return Number(metrics.match(/^caseroom_sockets_carried (\d+)$/m)?.[1])
}

async function stateAt(process: Caseroom, { conferenceId, token }: Attendant) {
  const response = await process.call('GET', `/api/conferences/${conferenceId}/state`, { token })
  return (await response.json()) as { seq: number; hash: string }
}

describe.each(['postgres', 'sqlite'] as const)('two processes on one library in %s', (database) => {
  let installation: Installation
  let first: Caseroom
  let second: Caseroom
  beforeAll(async () => {
    installation = await Installation.start({ database, env: { DEMO_CASE: 'on' } })
    ;[first, second] = installation.processes as [Caseroom, Caseroom]
  }, 120_000)
  afterAll(() => installation?.remove())

  it('[OPS-2] they start at the same moment on an empty library and make one demo case', async () => {
    const token = first.token()
    for (const process of [first, second]) {
      const listed = await (await process.call('GET', '/api/cases', { token })).json()
      expect(listed).toMatchObject({ total: 1 })
      expect((await process.call('GET', '/health/ready')).status).toBe(200)
    }
  })

  it('[OPS-2] a guest who asks the one joins the conference that lives on the other', async () => {
    const { links } = await openConference(first)
    const attending = await Attendant.join(first.url, links.attending, 'Dr Ada Okafor')
    const guest = await Attendant.join(second.url, links.resident, 'Ben Resident')
    const people = [attending, guest]
    await settle(people, 'both see both', ({ state }) => state?.participants.size === 2)
    await settle(people, 'one leads', ({ state }) => state?.presenterId === attending.participantId)

    const answer = await attending.command('setWindow', { windowCenter: 50, windowWidth: 350 })
    expect(answer).toMatchObject({ ok: true })
    await settle(people, 'both see the window', ({ state }) => state?.window.windowWidth === 350)
    const at = { annotationId: 'here', kind: 'point', pointsMm: [[1, 2, 3]] }
    expect(await guest.command('addAnnotation', at)).toMatchObject({ ok: true })
    await settle(people, 'both see the mark', ({ state }) => state?.annotations.size === 1)

    const sample = encodeUp({ laser: { origin: [0, 0, 0], end: [1, 2, 3], touches: true } })
    guest.show(sample)
    await until('the laser is seen across', () => attending.frames.length > 0)

    const hands = await attending.command('handPresenter', { participantId: guest.participantId })
    expect(hands).toMatchObject({ ok: true })
    await settle(people, 'handed over', ({ state }) => state?.presenterId === guest.participantId)
    expect(await guest.command('setWindow', { windowCenter: 1, windowWidth: 2 })).toMatchObject({
      ok: true,
    })
    const { seq, hash } = await stateAt(first, attending)
    await settle(people, 'both have it', ({ state }) => state?.seq === seq)
    expect(await stateAt(second, guest)).toMatchObject({ seq, hash })
    expect(people.map((one) => one.hash)).toEqual([hash, hash])
    expect(await carriedBy(second)).toBe(1)
    for (const one of people) await one.leave()
    await until('nothing is carried for nobody', async () => (await carriedBy(second)) === 0)
  })

  it('[OPS-2] sixty who come through both doors at once are in one room', async () => {
    const { links, conferenceId } = await openConference(second)
    const people = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        Attendant.join([first, second][n % 2]!.url, links.observer, `Observer ${n}`),
      ),
    )
    await settle(people, 'everybody sees everybody', ({ state }) => state?.participants.size === 60)
    expect(new Set(people.map((one) => one.conferenceId))).toEqual(new Set([conferenceId]))
    await Promise.all(people.map((one) => one.leave()))
  })

  it('[OPS-2] a conference closed through the one lets nobody in through the other', async () => {
    const { links } = await openConference(first)
    const attending = await Attendant.join(second.url, links.attending, 'Dr Ada Okafor')
    await until('a state', () => attending.state?.seq)
    expect(await attending.command('closeConference')).toMatchObject({ ok: true })
    for (const process of [first, second]) {
      await until('it is closed here', async () => {
        const joining = Attendant.join(process.url, links.resident, 'Ben Resident')
        return joining.then(
          () => false,
          (error: Error) => /closed/.test(error.message),
        )
      })
    }
  })
})
