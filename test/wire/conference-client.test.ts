import { matchMaker } from '@colyseus/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ConferenceClient } from '../../client/conference/conference-client.ts'
import type { Notice } from '../../client/conference/conference-session.ts'
import type { Link } from '../../client/conference/conference-view.ts'
import type { Role } from '../../shared/conference/role.ts'
import { LineBreaker } from '../support/line-breaker.ts'
import { until } from '../support/until.ts'
import { openHouse } from './conference-house.ts'

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

  it('[ROLE-2] that missed a patch fetches the state anew, and keeps its seat and its lead', async () => {
    const id = await house.newConference('cl0004')
    const lead = await join(id, 'A', 'attending')
    const b = await join(id, 'B', 'attending')
    await until('a presenter', () => lead.getSnapshot().me.presents)
    const room = matchMaker.getLocalRoomById(id)
    const line = room.clients.find((client) => client.auth.participantId === 'A')
    if (!line) throw new Error('A has no line')
    const raw = line.raw
    line.raw = () => undefined // what is sent to A now is lost on the way
    await house.held(id).happen({
      type: 'windowSet',
      window: { windowCenter: 77, windowWidth: 99 },
    })
    await until('the window', () => b.getSnapshot().window.windowCenter === 77)
    line.raw = raw
    await b.command({
      type: 'addAnnotation',
      annotationId: 'm',
      kind: 'point',
      pointsMm: [[0, 0, 0]],
    })
    await until('the mark', () => lead.getSnapshot().annotations.length === 1)
    expect(lead.getSnapshot().window.windowCenter).not.toBe(77)
    await linkOf(lead, 'reconnecting')
    await until('the window after all', () => lead.getSnapshot().window.windowCenter === 77)
    expect(lead.getSnapshot().me.presents).toBe(true)
    expect(lead.getSnapshot().participants).toHaveLength(2)
  })

  it('asked for something at the moment of a renewal, it goes on and has it once', async () => {
    const id = await house.newConference('cl0005')
    const a = await join(id, 'A', 'attending')
    const room = matchMaker.getLocalRoomById(id)
    const told = { seq: a.getSnapshot().seq, hash: '0'.repeat(64) }
    room.clients[0]?.send('hash', told)
    const lost = linkOf(a, 'reconnecting').then(() =>
      a.command({ type: 'addAnnotation', annotationId: 'x', kind: 'point', pointsMm: [[0, 0, 0]] }),
    )
    expect((await lost).ok).toBe(true)
    const added = (await house.log.read(id)).filter((e) => e.event.type === 'annotationAdded')
    expect(added).toHaveLength(1)
  })

  it('[MARK-5] undoes what was only just asked for, and forgets a step that is refused', async () => {
    const id = await house.newConference('cl0006')
    const a = await join(id, 'A', 'attending')
    const b = await join(id, 'B', 'resident')
    const add = (who: ConferenceClient, annotationId: string) =>
      who.command({ type: 'addAnnotation', annotationId, kind: 'point', pointsMm: [[0, 0, 0]] })
    const marks = () => b.getSnapshot().annotations.map((mark) => mark.annotationId)
    await add(b, 'old')
    const adding = add(b, 'new')
    b.undo()
    await adding
    await until('new undone', () => marks().join() === 'old')
    await until('a knows old', () => a.getSnapshot().annotations.length === 1)
    await a.command({ type: 'deleteAnnotation', annotationId: 'old' })
    await until('old deleted by a', () => marks().length === 0)
    const notices: Notice[] = []
    b.onNotice((notice) => notices.push(notice))
    b.undo() // its own mark is not there any more: refused
    await until('a refusal', () => notices.length === 1)
    b.redo()
    expect(b.canUndo).toBe(true) // the redo of "new"
    await until('new again, old not', () => marks().join() === 'new')
  })

  it('after the end nothing is shown as done that was not, and what is asked is answered', async () => {
    const id = await house.newConference('cl0007')
    const a = await join(id, 'A', 'attending')
    const b = await join(id, 'B', 'resident')
    await a.command({ type: 'closeConference' })
    await linkOf(b, 'ended')
    const answer = await b.command({
      type: 'addAnnotation',
      annotationId: 'late',
      kind: 'point',
      pointsMm: [[0, 0, 0]],
    })
    expect(answer).toMatchObject({ ok: false, reason: 'conference-closed' })
    expect(b.getSnapshot().annotations).toEqual([])
  })

  it('that leaves while it is coming back does not stay as a ghost', async () => {
    const id = await house.newConference('cl0008')
    const a = await join(id, 'A', 'attending')
    const b = await join(id, 'B', 'resident')
    await until('two', () => a.getSnapshot().participants.length === 2)
    const lost = linkOf(b, 'reconnecting')
    breaker.cut()
    await lost
    await b.leave()
    await linkOf(a, 'connected')
    await a.command({ type: 'raiseHand', raised: true })
    const present = () => a.getSnapshot().participants.filter((p) => !p.away)
    await until(
      'A alone',
      () =>
        present()
          .map((p) => p.participantId)
          .join() === 'A',
    )
    expect(b.getSnapshot().link.state).not.toBe('connected')
  })
})
