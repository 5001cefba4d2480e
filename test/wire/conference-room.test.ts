import { matchMaker } from '@colyseus/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stateHash } from '../../server/conference/state-hash.ts'
import { durableState } from '../../shared/conference/durable.ts'
import { CloseCode } from '../../shared/protocol/close-codes.ts'
import { decodeDown, encodeUp } from '../../shared/protocol/pose-frame.ts'
import { until } from '../support/until.ts'
import { openHouse } from './conference-house.ts'

let house: Awaited<ReturnType<typeof openHouse>>
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const mark = (annotationId: string) => ({ annotationId, kind: 'point', pointsMm: [[1, 2, 3.5]] })

describe('a conference over the wire', () => {
  it('[ROLE-2] the first attending presents, hands over the lead, and another takes it back', async () => {
    const id = await house.newConference('lead01')
    const resident = await house.join(id, 'Res', 'resident')
    const attending = await house.join(id, 'Att', 'attending')
    await until('a presenter', () => resident.room.state.presenterId === 'Att')
    const wide = { windowCenter: 50, windowWidth: 350 }
    expect(await resident.command('setWindow', wide)).toMatchObject({
      ok: false,
      reason: 'not-presenter',
    })
    expect((await attending.command('handPresenter', { participantId: 'Res' })).ok).toBe(true)
    expect((await resident.command('setWindow', wide)).ok).toBe(true)
    await until('the window', () => attending.room.state.window.windowCenter === 50)
    expect((await attending.command('takePresenter')).ok).toBe(true)
    expect(await resident.command('takePresenter')).toMatchObject({ reason: 'not-allowed' })
    await attending.room.leave()
    await until('an empty lead', () => resident.room.state.presenterId === '')
  })

  it('[ROLE-4] [ROLE-1] an observer changes nothing and is told why', async () => {
    const id = await house.newConference('obs001')
    const observer = await house.join(id, 'Obs', 'observer')
    await until('the opening state', () => observer.room.state.seq === 1)
    const before = stateHash(observer.room.state)
    for (const [type, fields] of [
      ['setVolumePose', { position: [0, 1, 0], rotation: [0, 0, 0, 1], scale: 2 }],
      ['addAnnotation', mark('o')],
      ['closeConference', {}],
      ['raiseHand', { raised: true }],
    ] as const) {
      expect(await observer.command(type, fields)).toMatchObject({
        ok: false,
        reason: 'not-allowed',
      })
    }
    expect(stateHash(observer.room.state)).toBe(before)
  })

  it('[CASE-9] everybody, a late joiner and the log reach the same hash', async () => {
    const id = await house.newConference('hash01')
    const a = await house.join(id, 'A', 'attending')
    const b = await house.join(id, 'B', 'resident')
    await until('a presenter', () => a.room.state.presenterId === 'A')
    await Promise.all([
      a.command('setVolumePose', {
        position: [0.1, 1, -1],
        rotation: [0, 0.6, 0, 0.8],
        scale: 1.5,
      }),
      a.command('setClippingPlane', {
        planeId: 'p',
        normal: [0, 1, 0],
        offsetMm: 12.5,
        enabled: true,
      }),
      b.command('addAnnotation', { ...mark('b1'), text: 'Läsion 12 mm' }),
      a.command('addAnnotation', {
        annotationId: 'a1',
        kind: 'arrow',
        pointsMm: [
          [0, 0, 0],
          [1, 1, 1],
        ],
      }),
      a.command('setPreset', { presetId: 'ct-bone' }),
    ])
    const late = await house.join(id, 'Late', 'observer')
    const { seq, hash } = await house.host.stateOf(id)
    for (const { room } of [a, b, late]) {
      await until('the last event', () => room.state.seq === seq)
      expect(durableState(room.state)).toEqual((await house.host.stateOf(id)).state)
      expect(stateHash(room.state)).toBe(hash)
    }
    expect((await house.newHost().stateOf(id)).hash).toBe(hash)
    await until('the hash told', () => a.hashes.some((told) => told.hash === hash), 8_000)
  })

  it('a malformed command is answered in words, the seat is kept, and state stays', async () => {
    const id = await house.newConference('bad001')
    const a = await house.join(id, 'A', 'attending')
    await until('a presenter', () => a.room.state.presenterId === 'A')
    const { hash } = await house.host.stateOf(id)
    const plane = { planeId: 'p', normal: [0, 1, 0], offsetMm: 1, enabled: true }
    for (const bad of [
      { ...plane, normal: ['x'] },
      { ...plane, normal: [0, 0, 0] },
      { ...plane, offsetMm: Number.POSITIVE_INFINITY },
      { ...plane, offsetMm: Number.NaN },
      { ...plane, planeId: 'x'.repeat(5000) },
      { ...plane, planeId: '__proto__ ' },
      { ...plane, more: 1 },
      {},
    ]) {
      const answer = await a.command('setClippingPlane', bad)
      expect(answer).toMatchObject({ ok: false, reason: 'malformed-command' })
    }
    for (const nonsense of [null, 7, 'x', [], { type: 'setWindow' }]) {
      expect(await a.room.request('command', nonsense)).toMatchObject({ ok: false })
    }
    expect(await a.command('noSuchCommand')).toMatchObject({ reason: 'unknown-command' })
    expect((await house.host.stateOf(id)).hash).toBe(hash)
    expect((await a.command('setClippingPlane', plane)).ok).toBe(true)
  })

  it('[CASE-2] six planes and no seventh', async () => {
    const id = await house.newConference('six001')
    const a = await house.join(id, 'A', 'attending')
    await until('a presenter', () => a.room.state.presenterId === 'A')
    const plane = (n: number) => ({
      planeId: `p${n}`,
      normal: [0, 0, 2],
      offsetMm: 20,
      enabled: true,
    })
    for (let n = 0; n < 6; n++)
      expect((await a.command('setClippingPlane', plane(n))).ok).toBe(true)
    expect(await a.command('setClippingPlane', plane(6))).toMatchObject({ reason: 'too-many' })
    const kept = a.room.state.clippingPlanes
    await until('six planes', () => kept.size === 6)
    expect(kept.get('p0')?.toJSON()).toMatchObject({ normal: [0, 0, 1], offsetMm: 10 })
  })

  it('the same command twice is applied once, in one breath or after a restart', async () => {
    const id = await house.newConference('once01')
    const a = await house.join(id, 'A', 'attending')
    const [x, y] = await Promise.all([
      a.command('addAnnotation', mark('once'), 'same'),
      a.command('addAnnotation', mark('once'), 'same'),
    ])
    expect(x).toMatchObject({ ok: true })
    expect(y).toEqual(x)
    await a.room.leave()
    await until('the room gone', async () => (await matchMaker.query({ roomId: id })).length === 0)
    const again = await house.join(id, 'A', 'attending')
    expect(await again.command('addAnnotation', mark('once'), 'same')).toEqual(x)
    expect(again.room.state.annotations.size).toBe(1)
  })

  it('[MARK-1] a laser reaches the others within the tick, an observer’s does not', async () => {
    const id = await house.newConference('laser1')
    const a = await house.join(id, 'A', 'attending')
    const b = await house.join(id, 'B', 'resident')
    const o = await house.join(id, 'O', 'observer')
    const laser = { origin: [0, 0, 0] as const, end: [10, -20, 300] as const, touches: true }
    const drag = { position: [0, 1, 0] as const, rotation: [0, 0, 0, 1] as const, scale: 1 }
    o.room.sendBytes('pose', encodeUp({ laser }))
    b.room.sendBytes('pose', encodeUp({ laser, drag })) // does not lead: the drag is left out
    const indexOf = (who: string) => a.room.state.participants.get(who)?.poseIndex
    await until('everybody', () => a.room.state.participants.size === 3)
    const [indexB, indexO] = [indexOf('B') ?? -1, indexOf('O') ?? -1]
    const shown = () => a.samples.flatMap((bytes) => decodeDown(bytes)?.get(indexB) ?? [])
    await until('the laser', () => shown().some((sample) => sample?.laser))
    expect(shown().find((sample) => sample?.laser)).toEqual({ laser })
    expect(a.samples.some((bytes) => decodeDown(bytes)?.has(indexO))).toBe(false)
    const late = await house.join(id, 'L', 'observer')
    await until('the laser for a late joiner', () => late.samples.length > 0)
    await b.room.leave()
    await until('the laser gone', () => shown().at(-1)?.laser === undefined)
  })

  it('ten thousand commands at once from one page end that page, and nobody else notices', async () => {
    const id = await house.newConference('flood1')
    const a = await house.join(id, 'A', 'attending')
    const b = await house.join(id, 'B', 'resident')
    b.room.reconnection.enabled = false
    const ended = new Promise<number>((resolve) => b.room.onLeave(resolve))
    const told: unknown[] = []
    for (let n = 0; n < 10_000; n++) {
      b.command('raiseHand', { raised: n % 2 === 0 }).then(
        (answer) => told.push(answer),
        () => undefined,
      )
    }
    const t0 = performance.now()
    expect((await a.command('addAnnotation', mark('calm'))).ok).toBe(true)
    expect(performance.now() - t0).toBeLessThan(5_000)
    expect(await ended).toBe(CloseCode.Flooding)
    expect(told).toContainEqual(expect.objectContaining({ reason: 'too-many-commands' }))
    expect(a.room.connection.isOpen).toBe(true)
    await until('the mark', () => a.room.state.annotations.has('calm'))
  })

  it('closing ends it for everybody, and it stays closed', async () => {
    const id = await house.newConference('close1')
    const a = await house.join(id, 'A', 'attending')
    const b = await house.join(id, 'B', 'resident')
    b.room.reconnection.enabled = false
    const ended = new Promise<number>((resolve) => b.room.onLeave(resolve))
    expect((await a.command('closeConference')).ok).toBe(true)
    expect(await ended).toBe(CloseCode.ConferenceClosed)
    await until('the register', async () => (await house.conferences.find(id))?.closedAtMs)
    await expect(house.join(id, 'C', 'attending')).rejects.toBeDefined()
  })

  it('who joined, saw and left is in the access log', async () => {
    const id = await house.newConference('audit1')
    const a = await house.join(id, 'Dr Audit', 'attending')
    await a.room.leave()
    await until('left', async () =>
      (await house.accessLog.recent(50)).some((e) => e.action === 'left' && e.subjectId === id),
    )
    const mine = (await house.accessLog.recent(50)).filter((e) => e.actor.name === 'Dr Audit')
    expect(mine.map((entry) => entry.action).sort()).toEqual(['joined', 'left', 'saw'])
  })
})
