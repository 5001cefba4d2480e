import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stateHash } from '../../server/conference/state-hash.ts'
import type { Annotation } from '../../shared/conference/event.ts'
import { LineBreaker } from '../support/line-breaker.ts'
import { until } from '../support/until.ts'
import { openHouse, type Person } from './conference-house.ts'
import { earlierEvents } from './earlier-log.ts'
import {
  type Asked,
  byHand,
  cropBox,
  curve,
  ellipseMm,
  looks,
  measured,
  oblique,
  outline,
  outlineMm,
  probe,
  region,
  segments,
  senseless,
} from './look-commands.ts'

let house: Awaited<ReturnType<typeof openHouse>>
let breaker: LineBreaker
beforeAll(async () => {
  house = await openHouse()
  breaker = await LineBreaker.open(house.port)
})
afterAll(async () => {
  await breaker.close()
  await house.close()
})

async function tell(person: Person, commands: readonly Asked[]): Promise<void> {
  for (const [type, fields] of commands) {
    expect(await person.command(type, fields)).toEqual({ ok: true, seq: expect.any(Number) })
  }
}

/** Everybody, and the log alone, have the server's hash. */
async function expectOneState(conferenceId: string, people: readonly Person[]) {
  const { seq, hash, state } = await house.host.stateOf(conferenceId)
  for (const { room, participantId } of people) {
    await until(`${participantId} at ${seq}`, () => room.state.seq === seq)
    expect(stateHash(room.state), participantId).toBe(hash)
  }
  expect((await house.newHost().stateOf(conferenceId)).hash).toBe(hash)
  return state
}

async function opened(conferenceId: string) {
  await house.newConference(conferenceId)
  const leads = await house.join(conferenceId, 'Okafor', 'attending')
  await until('a presenter', () => leads.room.state.presenterId === 'Okafor')
  return { leads, resident: await house.join(conferenceId, 'Ben', 'resident') }
}

describe('how the volume is looked at, over the wire', () => {
  it('[CASE-9] everybody, who comes in the middle, who was cut off and the log agree', async () => {
    const { leads, resident } = await opened('looks1')
    const cut = await house.join('looks1', 'Cut', 'observer', breaker.port)
    cut.room.reconnection.minUptime = 0
    await tell(leads, looks.slice(0, 6))
    breaker.cut()
    const middle = await house.join('looks1', 'Middle', 'observer')
    await tell(leads, looks.slice(6))
    const state = await expectOneState('looks1', [leads, resident, middle, cut])
    expect(state).toMatchObject({
      curve,
      renderMode: 'isosurface',
      isoValue: 312.5,
      cropBox,
      segments: { 'ct/1': segments[0], 'prior/2': segments[1] },
      explode: 1.5,
      slicing: { ...oblique, crosshairMm: [12, -8.25, 301] },
      prior: { ...byHand, alignment: 'by-hand', alignedBy: 'Okafor' },
      annotations: {
        region: { ...region, volumeId: 'ct' },
        outline: {
          ...outline,
          volumeId: 'ct',
          measured: { ...measured, areaMm2: expect.closeTo(Math.PI * 20 * 10, 0) },
        },
        probe,
        // biome-ignore lint/suspicious/noThenProperty: the id of a mark
        then: { volumeId: 'prior' },
      },
    })
  })

  it('[CASE-9] what replaces a look, takes it back, or is dragged fast, leaves nothing behind', async () => {
    const { leads, resident } = await opened('looks2')
    await tell(leads, looks)
    await Promise.all(
      Array.from({ length: 60 }, (_, n) => [
        leads.command('setCurve', { curve: curve.slice(0, 2 + (n % 2)) }),
        leads.command('setCropBox', { ...cropBox, maxMm: [60 + n, 30, 350] }),
        leads.command('setSlicing', { crosshairMm: [n, 0, 300] }),
        leads.command('setPrior', { ...byHand, blend: n / 60 }),
        resident.command('updateAnnotation', { annotationId: 'region', text: `${n}` }),
      ]).flat(),
    )
    const late = await house.join('looks2', 'Late', 'observer')
    await expectOneState('looks2', [leads, resident, late])
    await tell(leads, [
      ['setCurve', { curve: [] }],
      ['removePrior', {}],
      ['updateAnnotation', { annotationId: 'outline', pointsMm: outlineMm.slice(0, 3) }],
      ['deleteAnnotation', { annotationId: 'probe' }],
      ['resetView', {}],
    ])
    const state = await expectOneState('looks2', [leads, resident, late])
    const slicing = {
      crosshairMm: [],
      slabMm: 0,
      projection: 'average',
      obliqueRotation: [],
    }
    expect(state).toMatchObject({
      curve: [],
      renderMode: 'composite',
      cropBox: { minMm: [], maxMm: [], enabled: false },
      explode: 0,
      slicing,
      prior: { volumeId: '', alignedBy: '' },
    })
  })

  it('[MARK-4] a region that moves without new values keeps none of where it was', async () => {
    const { leads, resident } = await opened('looks3')
    await tell(leads, [['addAnnotation', region]])
    const pointsMm = ellipseMm.map(([x = 0, y, z]) => [x + 50, y, z])
    await tell(leads, [['updateAnnotation', { annotationId: 'region', text: 'words alone' }]])
    await until('words', () => resident.room.state.annotations.get('region')?.text)
    expect(resident.room.state.annotations.get('region')?.measured?.mean).toBe(measured.mean)
    await tell(leads, [['updateAnnotation', { annotationId: 'region', pointsMm }]])
    const late = await house.join('looks3', 'Late', 'observer')
    const state = await expectOneState('looks3', [leads, resident, late])
    const { region: moved } = state.annotations as Record<string, Annotation>
    expect(moved?.pointsMm).toEqual(pointsMm)
    expect(moved).not.toHaveProperty('measured')
    const anew = { ...measured, mean: -8, areaMm2: 1e6 }
    await tell(leads, [
      ['updateAnnotation', { annotationId: 'region', pointsMm: ellipseMm, measured: anew }],
    ])
    const again = await expectOneState('looks3', [leads, resident, late])
    const kept = { ...anew, areaMm2: measured.areaMm2 }
    expect(again.annotations).toMatchObject({ region: { measured: kept } })
    await tell(leads, [['updateAnnotation', { annotationId: 'region', measured: anew }]])
    const untouched = await expectOneState('looks3', [leads, resident, late])
    expect(untouched.annotations).toMatchObject({ region: { measured: kept } })
  })

  it('[ROLE-1] [ROLE-4] is for who presents: the others are told why, and nothing changes', async () => {
    const { leads, resident } = await opened('looks4')
    const observer = await house.join('looks4', 'Obs', 'observer')
    await tell(leads, [['addAnnotation', region]])
    const { hash } = await house.host.stateOf('looks4')
    const shared = [
      ...looks.filter(([type]) => type.startsWith('set')),
      ['removePrior', {}] as const,
    ]
    for (const [type, fields] of shared) {
      const by = (person: Person) => person.command(type, fields)
      expect(await by(resident), type).toMatchObject({ ok: false, reason: 'not-presenter' })
      expect(await by(observer), type).toMatchObject({ ok: false, reason: 'not-allowed' })
    }
    const others = { annotationId: 'region', measured: { ...measured, mean: 0 } }
    expect(await resident.command('updateAnnotation', others)).toMatchObject({
      reason: 'not-yours',
    })
    expect(await observer.command('addAnnotation', outline)).toMatchObject({
      reason: 'not-allowed',
    })
    expect((await house.host.stateOf('looks4')).hash).toBe(hash)
    await expectOneState('looks4', [leads, resident, observer])
  })

  it('[ROLE-1] what makes no sense is refused in words, and nothing changes', async () => {
    const { leads, resident } = await opened('looks5')
    await tell(leads, [['addAnnotation', region]])
    const { hash } = await house.host.stateOf('looks5')
    for (const [reason, type, fields] of senseless) {
      const answer = await leads.command(type, fields)
      expect(answer, `${type} ${JSON.stringify(fields).slice(0, 80)}`).toEqual({
        ok: false,
        reason,
        message: expect.stringMatching(/^\S.*\S$/),
      })
    }
    expect((await house.host.stateOf('looks5')).hash).toBe(hash)
    await expectOneState('looks5', [leads, resident])
  })

  it('[CASE-9] a conference that an earlier version opened goes on with what is new', async () => {
    await house.newConference('looks6')
    await house.log.append(
      earlierEvents('looks6').map((event, n) => ({
        conferenceId: 'looks6',
        seq: n + 1,
        participantId: n === 0 ? '' : 'Okafor',
        commandId: n === 0 ? '' : `c${n}`,
        event,
        atMs: n,
      })),
    )
    const before = await house.newHost().stateOf('looks6')
    expect(before.state).toMatchObject({
      shownVolumeId: 'prior',
      presetId: 'ct-bone',
      curve: [],
      renderMode: 'composite',
      prior: { volumeId: '' },
      annotations: { way: { kind: 'arrow', pointsMm: [[0, 0, 0], [4, 5, 6]] } }, // biome-ignore format: from and to
    })
    const leads = await house.join('looks6', 'Okafor', 'attending')
    await until('a presenter', () => leads.room.state.presenterId === 'Okafor')
    await expectOneState('looks6', [leads])
    await tell(leads, [['setVolume', { volumeId: 'ct' }], ...looks])
    const late = await house.join('looks6', 'Late', 'observer')
    await expectOneState('looks6', [leads, late])
  })

  it('[SEC-3] whoever is shown a prior is on record as having seen it, once', async () => {
    const id = await house.newConference('looks7')
    const leads = await house.join(id, 'Lead', 'attending')
    await house.join(id, 'Sees', 'observer')
    await until('a presenter', () => leads.room.state.presenterId === 'Lead')
    const saw = async () =>
      (await house.accessLog.recent(200))
        .filter(({ action, subjectId }) => action === 'saw' && subjectId === 'prior')
        .map(({ actor }) => actor.name)
        .filter((name) => ['Lead', 'Sees', 'Comes', 'Later'].includes(name))
        .sort()
    await tell(leads, [
      ['setPrior', byHand],
      ['setPrior', { ...byHand, blend: 0.5 }],
    ])
    await house.join(id, 'Comes', 'resident')
    await tell(leads, [['removePrior', {}]])
    await house.join(id, 'Later', 'resident')
    const onRecord = async () => {
      const names = (await house.accessLog.recent(200)).map(({ actor }) => actor.name)
      return names.includes('Later') && (await saw()).includes('Comes')
    }
    await until('all of it on record', onRecord)
    expect(await saw()).toEqual(['Comes', 'Lead', 'Sees'])
  })
})
