import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LoggedEvent } from '../../server/conference/ports.ts'
import { decodeDown, encodeUp } from '../../shared/protocol/pose-frame.ts'
import { LineBreaker } from '../support/line-breaker.ts'
import { until } from '../support/until.ts'
import { openHouse } from './conference-house.ts'

/** A disk that takes its time, so that people come and go while things are on their way to it. */
const diskMs = 60
let disk: 'slow' | 'full' = 'slow'
/** Told of what has been decided and is about to be written. */
let onDecided: (batch: readonly LoggedEvent[]) => void = () => undefined
let house: Awaited<ReturnType<typeof openHouse>>
let breaker: LineBreaker
beforeAll(async () => {
  house = await openHouse((log) => ({
    read: (conferenceId) => log.read(conferenceId),
    append: async (batch) => {
      onDecided(batch)
      await new Promise((resolve) => setTimeout(resolve, diskMs))
      if (disk === 'full') throw new Error('no space left')
      await log.append(batch)
    },
  }))
  breaker = await LineBreaker.open(house.port)
})
afterAll(async () => {
  await breaker.close()
  await house.close()
})

describe('people who come and go', () => {
  it('[ROLE-2] of two attendings who come at once the first presents', async () => {
    const id = await house.newConference('both01')
    const [a] = await Promise.all([
      house.join(id, 'A', 'attending'),
      house.join(id, 'B', 'attending'),
    ])
    await until('a presenter', () => a.room.state.presenterId !== '')
    await house.held(id).settled()
    const changes = (await house.log.read(id)).filter((e) => e.event.type === 'presenterChanged')
    expect(changes).toHaveLength(1)
  })

  it('[ROLE-2] nobody who has left is given the lead, by their own asking or another’s', async () => {
    const id = await house.newConference('gone01')
    const a = await house.join(id, 'A', 'attending')
    const b = await house.join(id, 'B', 'attending')
    const r = await house.join(id, 'R', 'resident')
    const stays = await house.join(id, 'Stays', 'observer')
    await until('A presents', () => a.room.state.presenterId === 'A')
    void b.room.send('command', { commandId: 'b', type: 'takePresenter' })
    await b.room.leave()
    await until('B gone', () => !stays.room.state.participants.has('B'))
    await house.held(id).settled()
    await until('an empty lead', () => stays.room.state.presenterId === '')
    expect((await a.command('takePresenter')).ok).toBe(true)
    const decided = new Promise<void>((resolve) => {
      onDecided = (batch) => {
        const toR = batch.some(
          ({ event }) => 'participantId' in event && event.participantId === 'R',
        )
        if (toR) resolve()
      }
    })
    const handing = a.command('handPresenter', { participantId: 'R' })
    await decided
    await r.room.leave()
    await handing
    await until('an empty lead again', () => stays.room.state.presenterId === '')
    await house.held(id).settled()
    expect(stays.room.state.presenterId).toBe('')
  })

  it('a presenter who leaves while the disk is full leaves the lead empty once it is not', async () => {
    const id = await house.newConference('full01')
    const a = await house.join(id, 'A', 'attending')
    const b = await house.join(id, 'B', 'resident')
    await until('A presents', () => b.room.state.presenterId === 'A')
    disk = 'full'
    await a.room.leave()
    await until('the failure noted', () => house.failures.length > 0)
    disk = 'slow'
    await until('an empty lead', () => b.room.state.presenterId === '')
  })

  it('somebody back on a new line is not away when the old one ends', async () => {
    const id = await house.newConference('back01')
    const a = await house.join(id, 'A', 'attending')
    const old = await house.join(id, 'B', 'resident', breaker.port)
    old.room.reconnection.enabled = false
    await until('both', () => a.room.state.participants.size === 2)
    breaker.stall()
    const ended = new Promise((resolve) => old.room.onLeave(resolve))
    const again = await house.join(id, 'B', 'resident')
    breaker.cut()
    await ended
    expect((await again.command('raiseHand', { raised: true })).ok).toBe(true)
    await until('the hand', () => a.room.state.participants.get('B')?.handRaised)
    expect(a.room.state.participants.get('B')?.presence).toBe('present')
  })

  it('[MARK-1] a sample that no hand could make is dropped, and nobody’s page meets it', async () => {
    const id = await house.newConference('wild01')
    const a = await house.join(id, 'A', 'attending')
    const b = await house.join(id, 'B', 'attending')
    const c = await house.join(id, 'C', 'resident')
    await until('A presents', () => b.room.state.presenterId === 'A')
    const drag = { position: [0, 1, 0], rotation: [0, 0, 0, 1], scale: 1 } as const
    const plane = { planeId: 'p', normal: [0, 0, 1], offsetMm: 1 } as const
    const laser = { origin: [0, 0, 0], end: [0, 0, 1], touches: true } as const
    for (const wild of [
      { drag: { ...drag, scale: 0 } },
      { drag: { ...drag, rotation: [0, 0, 0, 0] as const } },
      { drag: { ...drag, position: [1e9, 0, 0] as const } },
      { plane: { ...plane, normal: [0, 0, 0] as const } },
      { plane: { ...plane, planeId: '<\0>' } },
      { plane: { ...plane, offsetMm: 1e30 } },
      { window: { windowCenter: 0, windowWidth: -5 } },
      { window: { windowCenter: 0, windowWidth: 1e-30 } },
      { window: { windowCenter: 1e30, windowWidth: 400 } },
      { laser: { origin: [0, 0, 1e30] as const, end: [0, 0, 0] as const, touches: true } },
    ]) {
      a.room.sendBytes('pose', encodeUp(wild))
      await a.media('join') // what came before it has been taken
      const told = b.samples.length
      c.room.sendBytes('pose', encodeUp({ laser }))
      await until('the frame after it', () => b.samples.length > told)
    }
    a.room.sendBytes('pose', encodeUp({ drag }))
    const index = b.room.state.participants.get('A')?.poseIndex ?? -1
    const seen = () => b.samples.flatMap((frame) => decodeDown(frame)?.get(index) ?? [])
    await until('the good one', () => seen().some((sample) => sample.drag?.scale === 1))
    expect(seen()).toEqual([{ drag }])
  })

  it('[ROLE-2] a raised hand goes down when it is given the lead', async () => {
    const id = await house.newConference('hand01')
    const a = await house.join(id, 'A', 'attending')
    const r = await house.join(id, 'R', 'resident')
    await until('A presents', () => a.room.state.presenterId === 'A')
    await r.command('raiseHand', { raised: true })
    await until('the hand', () => a.room.state.participants.get('R')?.handRaised)
    await a.command('handPresenter', { participantId: 'R' })
    await until('R leads', () => a.room.state.presenterId === 'R')
    expect(a.room.state.participants.get('R')?.handRaised).toBe(false)
  })

  it('a name with broken characters from an old log opens well-formed', async () => {
    const id = await house.newConference('text01')
    const a = await house.join(id, 'A', 'attending')
    await house.held(id).happen({
      type: 'annotationAdded',
      annotation: {
        annotationId: 'm',
        volumeId: 'ct',
        kind: 'point',
        pointsMm: [[0, 0, 0]],
        text: 'broken \ud800',
        authorId: 'x',
        authorName: 'Guest \ud800',
        authorColour: 0,
        atMs: 1,
      },
    })
    await until('the mark', () => a.room.state.annotations.get('m')?.authorName === 'Guest \ufffd')
    expect((await house.host.stateOf(id)).hash).toMatch(/^[0-9a-f]{64}$/)
  })
})
