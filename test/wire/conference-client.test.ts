import { matchMaker } from '@colyseus/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ConferenceClient } from '../../client/conference/conference-client.ts'
import type { Notice } from '../../client/conference/conference-session.ts'
import type { Link } from '../../client/conference/conference-view.ts'
import type { Role } from '../../shared/conference/role.ts'
import { until } from '../support/until.ts'
import { openHouse } from './conference-house.ts'
import { LineBreaker } from './line-breaker.ts'

let house: Awaited<ReturnType<typeof openHouse>>
let breaker: LineBreaker
const clients: ConferenceClient[] = []
beforeAll(async () => {
  house = await openHouse()
  breaker = await LineBreaker.open(house.port)
})
afterAll(async () => {
  for (const client of clients) await client.leave()
  await breaker.close()
  await house.close()
})

async function join(conferenceId: string, displayName: string, role: Role) {
  const take = async () => ({
    seat: await house.host.reserve(conferenceId, { participantId: displayName, displayName, role }),
    participantId: displayName,
    role,
    token: '',
  })
  const client = await ConferenceClient.join({
    origin: `http://127.0.0.1:${breaker.port}`,
    joined: await take(),
    displayName,
    rejoin: take,
  })
  clients.push(client)
  await until('the state', () => client.getSnapshot().seq > 0)
  return client
}

/** Resolves when the page's line is in this state: however short it is, it is told. */
function linkOf(client: ConferenceClient, state: Link['state']): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (client.getSnapshot().link.state !== state) return
      stop()
      resolve()
    }
    const stop = client.subscribe(look)
    look()
  })
}

const point = (annotationId: string) =>
  ({ type: 'addAnnotation', annotationId, kind: 'point', pointsMm: [[1, 2, 3]] }) as const

describe('a page in a conference', () => {
  it('shows at once what it asks for, and takes it back where it is refused', async () => {
    const id = await house.newConference('cl0001')
    const a = await join(id, 'A', 'attending')
    const b = await join(id, 'B', 'resident')
    await until('a presenter', () => a.getSnapshot().me.presents)
    const notices: Notice[] = []
    b.onNotice((notice) => notices.push(notice))
    const { volumePose } = b.getSnapshot()
    const asked = {
      type: 'setVolumePose',
      position: [1, 1, 1],
      rotation: [0, 0, 0, 1],
      scale: 2,
    } as const
    const refused = b.command({ ...asked, position: [1, 1, 1], rotation: [0, 0, 0, 1] })
    expect(b.getSnapshot().volumePose.scale).toBe(2)
    expect(await refused).toMatchObject({ ok: false, reason: 'not-presenter' })
    expect(b.getSnapshot().volumePose).toEqual(volumePose)
    expect(notices[0]?.text).toMatch(/leads/)
    expect((await a.command({ ...asked, position: [1, 1, 1], rotation: [0, 0, 0, 1] })).ok).toBe(
      true,
    )
    await until('the pose', () => b.getSnapshot().volumePose.scale === 2)
  })

  it('[MARK-5] takes back its own marks and puts them back', async () => {
    const id = await house.newConference('cl0002')
    const a = await join(id, 'A', 'attending')
    const b = await join(id, 'B', 'resident')
    const seen = () => b.getSnapshot().annotations.map((mark) => mark.annotationId)
    await a.command({ ...point('one'), pointsMm: [[1, 2, 3]] })
    await b.command({ ...point('two'), pointsMm: [[1, 2, 3]] })
    await until('both', () => seen().length === 2)
    a.undo()
    await until('one undone', () => seen().join() === 'two')
    a.redo()
    await until('one back', () => seen().sort().join() === 'one,two')
    await a.command({ type: 'deleteAnnotation', annotationId: 'one' })
    await until('one deleted', () => seen().join() === 'two')
    a.undo()
    await until('one restored', () => seen().sort().join() === 'one,two')
  })

  it('comes back by itself after a cut with what it had asked, once, in the same seat', async () => {
    const id = await house.newConference('cl0003')
    const a = await join(id, 'A', 'attending')
    const b = await join(id, 'B', 'resident')
    await until('two', () => a.getSnapshot().participants.length === 2)
    const lost = linkOf(b, 'reconnecting')
    breaker.cut()
    await lost
    expect(b.getSnapshot().participants.length).toBe(2)
    const answers = ['x', 'y', 'z'].map((annotationId) =>
      b.command({ type: 'addAnnotation', annotationId, kind: 'point', pointsMm: [[0, 0, 0]] }),
    )
    expect((await Promise.all(answers)).map((answer) => answer.ok)).toEqual([true, true, true])
    await until('both back', () =>
      [a, b].every(
        (c) =>
          c.getSnapshot().link.state === 'connected' && c.getSnapshot().annotations.length === 3,
      ),
    )
    const people = a.getSnapshot().participants
    expect(people.map((person) => person.participantId).sort()).toEqual(['A', 'B'])
    expect(people.every((person) => !person.away)).toBe(true)
  })

  it('whose copy of the state has gone wrong fetches it anew', async () => {
    const id = await house.newConference('cl0004')
    const a = await join(id, 'A', 'attending')
    const b = await join(id, 'B', 'resident')
    const add = (annotationId: string) =>
      a.command({ type: 'addAnnotation', annotationId, kind: 'point', pointsMm: [[0, 0, 0]] })
    await add('before')
    await until('before', () => b.getSnapshot().annotations.length === 1)
    // the hash of another state at b's own seq: what b would hear if it had missed a change
    const told = { seq: b.getSnapshot().seq, hash: '0'.repeat(64) }
    const room = matchMaker.getLocalRoomById(id)
    const renewing = linkOf(b, 'reconnecting')
    room.clients.find((client) => client.auth.participantId === 'B')?.send('hash', told)
    await renewing
    await linkOf(b, 'connected')
    await add('after')
    await until('after', () => b.getSnapshot().annotations.length === 2)
    expect(a.getSnapshot().link.state).toBe('connected')
  })
})
