import { readFileSync } from 'node:fs'
import { parseDicom } from 'dicom-parser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseDetails } from '../../shared/case/case.ts'
import { endStates, type ImportStatus } from '../../shared/case/import.ts'
import { isGuess, type PriorList, priorList } from '../../shared/case/prior.ts'
import type { Prior } from '../../shared/conference/looks.ts'
import { Attendant } from '../support/attendant.ts'
import { Caseroom } from '../support/start-caseroom.ts'
import { testFiles } from '../support/test-data.ts'
import { until } from '../support/until.ts'
import { twoStudies } from './two-studies.ts'

let caseroom: Caseroom
let staff: string
/** Two studies of one patient, brought in at different times, and one of somebody else. */
let now: CaseDetails
let before: CaseDetails
let stranger: CaseDetails

beforeAll(async () => {
  caseroom = await Caseroom.spawn()
  await caseroom.opened()
  staff = caseroom.token('clinician')
  const { earlier, later } = twoStudies()
  now = await bring(later)
  before = await bring(earlier)
  const other = testFiles('dicom', 'mr-t1-decubitus-HFDL').map((path) => readFileSync(path))
  stranger = await bring(other)
})
afterAll(() => caseroom.remove())

async function call<T>(method: string, path: string, body?: unknown, token = staff) {
  const answer = await caseroom.call(method, path, { token, ...(body !== undefined && { body }) })
  const text = await answer.text()
  return { status: answer.status, text, body: (text ? JSON.parse(text) : undefined) as T }
}
type Refused = { error: { code: string } }
type Opened = { conferenceId: string; code: string; links: Record<string, string> }

async function bring(contents: readonly Buffer[]): Promise<CaseDetails> {
  const form = new FormData()
  for (const bytes of contents) form.append('files', new Blob([Uint8Array.from(bytes)]), 'image')
  const sent = await fetch(`${caseroom.url}/api/imports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${staff}` },
    body: form,
  })
  const { importId } = (await sent.json()) as { importId: string }
  const { caseIds } = await until(
    'the import ends',
    async () => {
      const { body } = await call<ImportStatus>('GET', `/api/imports/${importId}`)
      return endStates.includes(body.state) ? body : undefined
    },
    60_000,
  )
  return (await call<CaseDetails>('GET', `/api/cases/${caseIds[0]}`)).body
}

const open = (caseId: string, priorCaseId?: string) =>
  call<Opened>('POST', '/api/conferences', {
    caseId,
    ...(priorCaseId && { priorCaseId, samePatient: true }),
  })
const join = (code: string) =>
  call<{ token: string } & Refused>('POST', '/api/conferences/join', { code, displayName: 'Ada' })
const priorsOf = async (caseId: string, token = staff) =>
  priorList.parse((await call('GET', `/api/cases/${caseId}/priors`, undefined, token)).body).priors
/** The image with Issuer of Patient ID (0010,0021) right after its Patient ID. */
function issued(bytes: Buffer): Buffer {
  const at = bytes.indexOf(Buffer.from('100020004c4f', 'hex'))
  const end = at + 8 + bytes.readUInt16LE(at + 6)
  const issuer = Buffer.from('100021004c4f0e00', 'hex')
  return Buffer.concat([
    bytes.subarray(0, end),
    issuer,
    Buffer.from('CASEROOM-TEST '),
    bytes.subarray(end),
  ])
}
const waive = ({ caseId }: CaseDetails) =>
  call('POST', `/api/cases/${caseId}/face`, {
    action: 'waive',
    name: 'Dr Okafor',
    reason: 'tumour board',
  })
const volumeOf = ({ volumes }: CaseDetails) => volumes[0]?.volumeId as string

describe('the priors of a case', () => {
  it('[CASE-6] are the other cases of the same patient, with the time between them', async () => {
    const told = (list: PriorList['priors']) =>
      list.map(({ caseId, daysEarlier, volumes }) => [caseId, daysEarlier, volumes[0]?.volumeId])
    expect(told(await priorsOf(now.caseId))).toEqual([[before.caseId, 7, volumeOf(before)]])
    expect(told(await priorsOf(before.caseId))).toEqual([[now.caseId, -7, volumeOf(now)]])
    expect(await priorsOf(stranger.caseId)).toEqual([])
    const { status, body } = await call<Refused>('GET', '/api/cases/none/priors')
    expect([status, body.error.code]).toEqual([404, 'case-not-found'])
  })

  it('[CASE-6] say whether an identifier links them that was issued to one patient alone', async () => {
    const [guess] = await priorsOf(now.caseId)
    expect([guess?.linkedBy, isGuess(guess?.linkedBy)]).toEqual(['identifier', true])
    const { earlier, later } = twoStudies()
    const one = await bring(later.slice(0, 8).map(issued))
    const other = await bring(earlier.slice(0, 8).map(issued))
    const [known, ...more] = await priorsOf(one.caseId)
    expect([known?.caseId, known?.linkedBy, more]).toEqual([other.caseId, 'issued-identifier', []])
    expect(isGuess(known?.linkedBy)).toBe(false)
    const body = { caseId: one.caseId, priorCaseId: other.caseId }
    expect((await call('POST', '/api/conferences', body)).status).toBe(201)
    expect(JSON.stringify(await priorsOf(one.caseId))).not.toContain('CASEROOM-TEST')
  })

  it('[PRIV-5] say nothing of who the patient is, nor when', async () => {
    const { text } = await call('GET', `/api/cases/${now.caseId}/priors`)
    expect(text).toContain(before.caseId)
    expect(text).not.toMatch(/2015-01-30|importId|patientKey|sealed/i)
    const header = parseDicom(twoStudies().earlier[0]!)
    const tags = [
      '00080018',
      '00080020',
      '00100010',
      '00100020',
      '0020000d',
      '0020000e',
      '00200052',
    ]
    const values = tags.map((tag) => header.string(`x${tag}`))
    expect(values).toContain('20150130')
    for (const value of values) if (value && value.length > 2) expect(text).not.toContain(value)
  })

  it('[ROLE-1] are for staff; nobody else lists them', async () => {
    expect((await caseroom.call('GET', `/api/cases/${now.caseId}/priors`)).status).toBe(401)
  })
})

describe('a conference beside a prior', () => {
  let compared: Opened
  let plain: Opened
  let guest: string
  let outsider: string

  it('[CASE-6] is opened with a case of the same patient and no other', async () => {
    for (const priorCaseId of [stranger.caseId, now.caseId, 'none']) {
      const { status, body } = await call<Refused>('POST', '/api/conferences', {
        caseId: now.caseId,
        priorCaseId,
      })
      expect([status, body.error.code]).toEqual([409, 'not-a-prior'])
    }
    const unconfirmed = await call<Refused>('POST', '/api/conferences', {
      caseId: now.caseId,
      priorCaseId: before.caseId,
    })
    expect([unconfirmed.status, unconfirmed.body.error.code]).toEqual([409, 'patient-unconfirmed'])
    const answer = await open(now.caseId, before.caseId)
    expect(answer.status).toBe(201)
    compared = answer.body
    const { conferenceId } = compared
    const admin = caseroom.token('admin')
    const path = `/api/access-log?subjectId=${conferenceId}`
    const log = await call<{ entries: { action: string }[] }>('GET', path, undefined, admin)
    expect(log.body.entries.map(({ action }) => action)).toEqual(['confirmed-patient', 'opened'])
    plain = (await open(now.caseId)).body
    const list = await call<{ conferences: object[] }>('GET', '/api/conferences')
    expect(list.body.conferences).toContainEqual(
      expect.objectContaining({
        conferenceId: compared.conferenceId,
        caseId: now.caseId,
        priorCaseId: before.caseId,
      }),
    )
  })

  it('[PRIV-4] lets guests in once both heads are answered for', async () => {
    expect([now.face.state, before.face.state]).toEqual(['needed', 'needed'])
    const refused = { status: 409, body: { error: { code: 'face-visible' } } }
    expect(await join(compared.code)).toMatchObject(refused)
    await waive(now)
    outsider = (await join(plain.code)).body.token
    expect(outsider).toBeTypeOf('string')
    expect(await join(compared.code)).toMatchObject(refused)
    await waive(before)
    const joined = await join(compared.code)
    expect(joined.status).toBe(200)
    guest = joined.body.token
  })

  const pathsOf = (one: CaseDetails) => [
    `/api/cases/${one.caseId}`,
    `/api/cases/${one.caseId}/thumbnail`,
    `/api/volumes/${volumeOf(one)}/zarr/zarr.json`,
    `/api/volumes/${volumeOf(one)}/zarr/0/c/0/0/0`,
  ]
  const statuses = (paths: readonly string[], token: string) =>
    Promise.all(paths.map(async (path) => (await caseroom.call('GET', path, { token })).status))

  it('[ROLE-1] shows its guests both cases and nothing else', async () => {
    expect(await statuses([...pathsOf(now), ...pathsOf(before)], guest)).toEqual(
      Array.from({ length: 8 }, () => 200),
    )
    expect(await statuses(pathsOf(stranger), guest)).toEqual([403, 403, 403, 403])
    expect(await statuses(['/api/cases', `/api/cases/${stranger.caseId}/priors`], guest)).toEqual([
      403, 403,
    ])
    const [prior, ...more] = await priorsOf(now.caseId, guest)
    expect([prior?.caseId, prior?.daysEarlier, more]).toEqual([before.caseId, 7, []])
    expect(await priorsOf(before.caseId, guest)).toEqual([])
  })

  it('[ROLE-1] shows nothing of the prior to guests of another conference on the same case', async () => {
    expect(await statuses(pathsOf(now), outsider)).toEqual([200, 200, 200, 200])
    expect(await statuses(pathsOf(before), outsider)).toEqual([403, 403, 403, 403])
    expect(await priorsOf(now.caseId, outsider)).toEqual([])
    expect(await statuses([`/api/cases/${before.caseId}/priors`], outsider)).toEqual([403])
  })

  it('[PRIV-4] keeps the face of the prior from being masked while it is shown', async () => {
    const normal = [0, -1, 0]
    const mask = { action: 'mask', keep: { normal, offsetMm: 0 } }
    const { status, body } = await call<Refused>('POST', `/api/cases/${before.caseId}/face`, mask)
    expect([status, body.error.code]).toEqual([409, 'conference-open'])
  })

  it('[CASE-6] [CASE-9] compares by the frame of reference, and still does after a kill', async () => {
    const { conferenceId, links } = compared
    const attending = await Attendant.join(caseroom.url, links.attending!, 'Dr Okafor')
    await until('somebody leads', () => attending.state?.presenterId === attending.participantId)
    const asked = { volumeId: volumeOf(before), arrangement: 'blended', blend: 0.25 }
    expect(await attending.command('setPrior', asked)).toMatchObject({ ok: true })
    expect(await attending.command('setVolume', { volumeId: volumeOf(stranger) })).toMatchObject({
      ok: false,
      reason: 'no-such-volume',
    })
    type Told = { seq: number; hash: string; state: { prior: Prior; shownVolumeId: string } }
    const told = async () =>
      (await call<Told>('GET', `/api/conferences/${conferenceId}/state`)).body
    const { state } = await told()
    expect(state.shownVolumeId).toBe(volumeOf(now))
    expect(state.prior).toEqual({
      ...asked,
      alignment: 'frame-of-reference',
      translationMm: [0, 0, 0],
      rotation: [0, 0, 0, 1],
      alignedBy: '',
    })
    await attending.leave()
    const { dataDir, port } = caseroom
    await caseroom.stop('SIGKILL')
    caseroom = await Caseroom.spawn({ dataDir, port })
    await caseroom.opened()
    expect((await told()).state.prior).toEqual(state.prior)
    expect(await statuses(pathsOf(before), guest)).toEqual([200, 200, 200, 200])
    const again = await Attendant.join(caseroom.url, links.attending!, 'Dr Okafor')
    await until('somebody leads again', () => again.state?.presenterId === again.participantId)
    const shown = { ...asked, arrangement: 'beside' }
    expect(await again.command('setPrior', shown)).toMatchObject({ ok: true })
    expect(await again.command('setVolume', { volumeId: volumeOf(before) })).toMatchObject({
      ok: true,
    })
    await again.leave()
  })

  it('[PRIV-5] goes on when it is forgotten whose the cases are, and nobody links them anew', async () => {
    expect((await call('DELETE', `/api/cases/${before.caseId}/origin`)).status).toBe(204)
    expect(await priorsOf(now.caseId)).toEqual([])
    const [prior] = await priorsOf(now.caseId, guest)
    expect(prior?.caseId).toBe(before.caseId)
    expect(prior).not.toHaveProperty('daysEarlier')
    expect(await statuses(pathsOf(before), guest)).toEqual([200, 200, 200, 200])
    const { status, body } = await call<Refused>('POST', '/api/conferences', {
      caseId: now.caseId,
      priorCaseId: before.caseId,
    })
    expect([status, body.error.code]).toEqual([409, 'not-a-prior'])
  })
})
