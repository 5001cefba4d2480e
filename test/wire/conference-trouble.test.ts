import { matchMaker } from '@colyseus/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stateHash } from '../../server/conference/state-hash.ts'
import { LineBreaker } from '../support/line-breaker.ts'
import { until } from '../support/until.ts'
import { openHouse } from './conference-house.ts'

/** How the disk is: well, full, or cutting out after the write has reached it. */
let disk: 'well' | 'full' | 'written-but-silent' = 'well'
let house: Awaited<ReturnType<typeof openHouse>>
let breaker: LineBreaker
beforeAll(async () => {
  house = await openHouse((log) => ({
    read: (conferenceId) => log.read(conferenceId),
    append: async (batch) => {
      if (disk === 'full') throw new Error('no space left')
      await log.append(batch)
      if (disk === 'written-but-silent') throw new Error('connection lost')
    },
  }))
  breaker = await LineBreaker.open(house.port)
})
afterAll(async () => {
  await breaker.close()
  await house.close()
})

const mark = (annotationId: string) => ({ annotationId, kind: 'point', pointsMm: [[1, 2, 3]] })

describe('a conference in trouble', () => {
  it('says that nothing was saved, shows nothing of it, and goes on when the disk does', async () => {
    const id = await house.newConference('disk01')
    const a = await house.join(id, 'A', 'attending')
    const b = await house.join(id, 'B', 'resident')
    await a.command('addAnnotation', mark('before'))
    disk = 'full'
    const refused = await Promise.all([
      a.command('addAnnotation', mark('lost')),
      b.command('addAnnotation', mark('lost too')),
    ])
    disk = 'well'
    expect(refused).toEqual([
      expect.objectContaining({ ok: false, reason: 'not-saved' }),
      expect.objectContaining({ ok: false }),
    ])
    expect((await b.command('addAnnotation', mark('after'))).ok).toBe(true)
    await until('after', () => a.room.state.annotations.has('after'))
    expect([...a.room.state.annotations.keys()]).toEqual(['before', 'after'])
    expect(stateHash(a.room.state)).toBe((await house.newHost().stateOf(id)).hash)
  })

  it('asked again after a write whose answer was lost, it is there once', async () => {
    const id = await house.newConference('disk02')
    const a = await house.join(id, 'A', 'attending')
    await until('a presenter', () => a.room.state.presenterId === 'A')
    disk = 'written-but-silent'
    expect(await a.command('addAnnotation', mark('once'), 'one')).toMatchObject({ ok: false })
    disk = 'well'
    expect((await a.command('addAnnotation', mark('once'), 'one')).ok).toBe(true)
    await until('the mark', () => a.room.state.annotations.has('once'))
    const events = (await house.log.read(id)).filter(
      ({ event }) => event.type === 'annotationAdded',
    )
    expect(events).toHaveLength(1)
    expect(stateHash(a.room.state)).toBe((await house.newHost().stateOf(id)).hash)
  })

  it('a page that stops reading holds nobody up, is cut, and its memory is let go', async () => {
    const id = await house.newConference('stall1')
    const a = await house.join(id, 'A', 'attending')
    const slow = await house.join(id, 'Slow', 'observer', breaker.port)
    slow.room.reconnection.enabled = false
    await a.command('addAnnotation', mark('m'))
    await until('the mark', () => slow.room.state.annotations.has('m'))
    breaker.stall()
    const conference = house.held(id)
    const text = 'x'.repeat(400_000) // a patch takes a tick, however much is in it
    for (let n = 0; n < 100 && a.room.state.participants.get('Slow')?.presence === 'present'; n++) {
      await conference.happen({ type: 'annotationUpdated', annotationId: 'm', text: text + n })
      await until('the patch', () => a.room.state.annotations.get('m')?.text === text + n)
    }
    await until(
      'the slow one away',
      () => a.room.state.participants.get('Slow')?.presence === 'away',
    )
    expect((await a.command('addAnnotation', mark('more'))).ok).toBe(true)
    await until('the mark', () => a.room.state.annotations.has('more'))
    expect(stateHash(a.room.state)).toBe((await house.host.stateOf(id)).hash)
  }, 60_000)

  it('a slow page that catches up has the same state: no patch was overwritten in its queue', async () => {
    const id = await house.newConference('stall2')
    const a = await house.join(id, 'A', 'attending')
    const slow = await house.join(id, 'Slow', 'observer', breaker.port)
    for (const n of [0, 1, 2, 3]) await a.command('addAnnotation', mark(`m${n}`))
    await until('the marks', () => slow.room.state.annotations.size === 4)
    breaker.stall()
    const conference = house.held(id)
    const { clients } = matchMaker.getLocalRoomById(id)
    const queued = () => {
      const line = clients.find(({ auth }) => auth.participantId === 'Slow')?.ref
      return (line as unknown as WebSocket | undefined)?.bufferedAmount ?? 0
    }
    for (let n = 0; queued() < 1_000_000; n++) {
      const text = `${n} `.repeat(60_000 + n)
      await conference.happen({ type: 'annotationUpdated', annotationId: `m${n % 4}`, text })
      await until('the patch', () => a.room.state.annotations.get(`m${n % 4}`)?.text === text)
    }
    expect(slow.room.state.seq).toBeLessThan(a.room.state.seq)
    breaker.resume()
    await until('caught up', () => slow.room.state.seq === a.room.state.seq)
    expect(stateHash(slow.room.state)).toBe((await house.host.stateOf(id)).hash)
  }, 60_000)

  it('[CASE-9] who comes back, again and again, takes one seat', async () => {
    const conferenceId = await house.newConference('seats-that-are-kept')
    const names = ['Ada', 'Ben', 'Cleo']
    const come = () =>
      Promise.all(names.map((name) => house.join(conferenceId, name, 'resident', breaker.port)))
    let people = await come()
    const room = matchMaker.getLocalRoomById(conferenceId)
    room.maxClients = names.length + 1
    for (let cut = 0; cut < 3; cut++) {
      for (const person of people) person.room.reconnection.enabled = false
      breaker.cut()
      await until('all lines are down', () => room.clients.length === 0)
      people = await come()
    }
    await until('everybody is present, once', () => {
      const present = [...(people[0]?.room.state.participants.values() ?? [])]
      return present.length === 3 && present.every(({ presence }) => presence === 'present')
    })
  })

  it('a room that is full says so at once', async () => {
    const conferenceId = await house.newConference('full-of-people')
    await house.join(conferenceId, 'Ada', 'attending')
    matchMaker.getLocalRoomById(conferenceId).maxClients = 1
    await expect(house.join(conferenceId, 'Ben', 'resident')).rejects.toMatchObject({
      code: 'conference-full',
    })
  })
})
