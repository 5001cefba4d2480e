import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encode } from 'fast-png'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { slice } from '../../server/dicom/test-support/phantom.ts'
import { type FindingsView, findingsView } from '../../shared/findings/findings-view.ts'
import { transform, transformPoint, type Vec3 } from '../../shared/geometry/transform.ts'
import { Attendant } from '../support/attendant.ts'
import { allItems, findingsFacts } from '../support/findings-facts.ts'
import { type OpenedConference, openConference } from '../support/open-conference.ts'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { startOrthanc, type TestOrthanc } from '../support/start-orthanc.ts'
import { testFiles } from '../support/test-data.ts'
import { until } from '../support/until.ts'
import { formOf } from './library-app.ts'
import { importEnded, pacsEnvOf } from './pacs-house.ts'

const lung = testFiles('dicom', 'petct-lung-acrin042', 'ct')
const folder = mkdtempSync(join(tmpdir(), 'caseroom-findings-'))
const picture = encode({ width: 6, height: 4, channels: 3, data: new Uint8Array(72).fill(90) })

let orthanc: TestOrthanc
let caseroom: Caseroom
let conference: OpenedConference
let attending: Attendant
let patientFromVoxel: readonly number[]

beforeAll(async () => {
  orthanc = await startOrthanc()
  await orthanc.upload(lung)
  caseroom = await startCaseroom({ env: { ...pacsEnvOf(orthanc), LOG_LEVEL: 'debug' } })
  const token = caseroom.token('clinician')
  const body = await formOf(lung)
  const answer = await caseroom.call('POST', '/api/imports', { token, body })
  const { importId } = (await answer.json()) as { importId: string }
  const { caseIds } = await importEnded(caseroom, importId)
  const details = await (await caseroom.call('GET', `/api/cases/${caseIds[0]}`, { token })).json()
  patientFromVoxel = (details as { volumes: [{ patientFromVoxel: number[] }] }).volumes[0]
    .patientFromVoxel
  conference = await openConference(caseroom)
  attending = await Attendant.join(caseroom.url, conference.links.attending, 'Dr Ada Okafor')
  for (const [annotationId, kind, voxels] of marks) {
    const pointsMm = voxels.map(atVoxel)
    const text = kind === 'text' ? 'Rundherd, größer' : undefined
    const command = { annotationId, kind, pointsMm, ...(text && { text }) }
    expect(await attending.command('addAnnotation', command)).toMatchObject({ ok: true })
  }
}, 120_000)
afterAll(async () => {
  await attending?.leave()
  await caseroom?.remove()
  await orthanc?.remove()
  rmSync(folder, { recursive: true })
})

const marks: readonly [string, string, readonly Vec3[]][] = [
  ['spot', 'point', [[200.25, 210.5, 3]]],
  ['way', 'arrow', [[10, 20, 5], [300, 310, 9]]], // biome-ignore format: from and to
  ['word', 'text', [[256, 256, 20]]],
]
const atVoxel = (voxel: Vec3): Vec3 =>
  transformPoint(transform<'patient', 'voxel'>(patientFromVoxel), voxel)

const path = (rest = '') => `/api/conferences/${conference.conferenceId}/findings${rest}`
const ask = (method: string, rest = '', body?: unknown, token = attending.token) =>
  caseroom.call(method, path(rest), { token, ...(body !== undefined && { body }) })
const view = async (token = attending.token): Promise<FindingsView> =>
  findingsView.parse(await (await ask('GET', '', undefined, token)).json())
const keep = (body: Uint8Array, token = attending.token) =>
  fetch(caseroom.url + path('/key-images'), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'image/png' },
    body: body as Uint8Array<ArrayBuffer>,
  })
const everything = async (signedBy = 'Dr Ada Okafor') => {
  const { marks: shown, keyImages } = await view()
  return {
    signedBy,
    annotationIds: shown.map(({ annotationId }) => annotationId),
    keyImageIds: keyImages.map(({ keyImageId }) => keyImageId),
  }
}
const codeOf = async (answer: Response) => {
  const { error } = (await answer.json()) as { error: { code: string } }
  return [answer.status, error.code]
}
/** What of ours the PACS has, as pydicom reads it. */
const stored = async () => {
  const ids = (await (await orthanc.rest('GET', '/instances')).json()) as string[]
  const paths: string[] = []
  for (const id of ids) {
    const bytes = Buffer.from(
      await (await orthanc.rest('GET', `/instances/${id}/file`)).arrayBuffer(),
    )
    if (!bytes.includes('CASEROOM')) continue
    paths.push(join(folder, `${id}.dcm`))
    writeFileSync(paths.at(-1) ?? '', bytes)
  }
  return await findingsFacts(paths)
}

describe('the findings of a conference', () => {
  it('[OUT-1] [OUT-3] show its marks and who was there, and can be sent', async () => {
    const shown = await view()
    expect(shown.marks.map(({ annotationId, kind }) => [annotationId, kind])).toEqual(
      marks.map(([annotationId, kind]) => [annotationId, kind]),
    )
    expect(shown.participants).toMatchObject([{ name: 'Dr Ada Okafor' }])
    expect(shown).toMatchObject({ canSend: true, minutes: { text: '', version: 0 }, sent: [] })
  })

  it('[ROLE-1] are for the attending and for clinicians', async () => {
    const resident = await Attendant.join(caseroom.url, conference.links.resident, 'Ben')
    const other = await openConference(caseroom)
    const elsewhere = await Attendant.join(caseroom.url, other.links.attending, 'Dr Else')
    for (const token of [resident.token, elsewhere.token, caseroom.token('admin')]) {
      expect(await codeOf(await ask('GET', '', undefined, token))).toEqual([403, 'not-allowed'])
      const send = { signedBy: 'X', annotationIds: [], keyImageIds: [] }
      expect(await codeOf(await ask('POST', '/send', send, token))).toEqual([403, 'not-allowed'])
      expect((await keep(picture, token)).status).toBe(403)
      const minutes = { text: 'x', version: 0 }
      expect((await ask('PUT', '/minutes', minutes, token)).status).toBe(403)
    }
    expect((await keep(picture, '')).status).toBe(401)
    expect((await view(caseroom.token('clinician'))).marks).toHaveLength(3)
    await resident.leave()
    await elsewhere.leave()
  })

  it('[OUT-3] minutes are kept as they are typed, and two pages never overwrite each other', async () => {
    const save = (text: string, version: number) => ask('PUT', '/minutes', { text, version })
    expect(await (await save('Agreed: surgery', 0)).json()).toMatchObject({ version: 1 })
    expect(await codeOf(await save('Agreed: wait', 0))).toEqual([409, 'minutes-changed'])
    const text = 'Agreed: surgery first.\nControl in 6 weeks — größer?'
    expect(await (await save(text, 1)).json()).toEqual({ text, version: 2 })
    expect(await codeOf(await save('late', 1))).toEqual([409, 'minutes-changed'])
    expect((await view()).minutes).toEqual({ text, version: 2 })
    expect(await codeOf(await save('a\0b', 2))).toEqual([400, 'bad-request'])
  })

  it('[OUT-2] key images are kept without anything but their pixels, listed, shown and removed', async () => {
    const kept = await keep(picture)
    expect(kept.status).toBe(201)
    const { keyImageId } = (await kept.json()) as { keyImageId: string }
    const second = (await (await keep(picture)).json()) as { keyImageId: string }
    const shown = await ask('GET', `/key-images/${keyImageId}`)
    expect(shown.headers.get('content-type')).toBe('image/png')
    expect((await ask('DELETE', `/key-images/${second.keyImageId}`)).status).toBe(204)
    expect((await ask('DELETE', `/key-images/${second.keyImageId}`)).status).toBe(404)
    expect((await view()).keyImages).toMatchObject([{ keyImageId, columns: 6, rows: 4 }])
    expect(await codeOf(await keep(Buffer.from('no picture')))).toEqual([400, 'bad-picture'])
    expect((await keep(new Uint8Array(8 * 2 ** 20 + 1))).status).toBe(413)
  })

  it('[OUT-1] while the PACS is away the reason is said, nothing is lost, and it can be tried again', async () => {
    await orthanc.stop()
    const request = await everything()
    expect(await codeOf(await ask('POST', '/send', request))).toEqual([502, 'not-sent'])
    const { sent, minutes } = await view()
    expect(sent).toMatchObject([{ state: 'failed', signedBy: 'Dr Ada Okafor', kinds: [] }])
    expect(sent[0]?.message).toContain('The PACS does not answer')
    expect(minutes.version).toBe(2)
    await orthanc.restart()
    const late = await Attendant.join(caseroom.url, conference.links.resident, 'Dr Late')
    await until('she is listed', async () => (await view()).participants.at(-1)?.name === 'Dr Late')
    await until('it is sent', async () => (await ask('POST', '/send', request)).ok)
    expect((await view()).sent).toMatchObject([
      {
        sendingId: sent[0]?.sendingId,
        state: 'sent',
        kinds: ['key-image', 'measurement-report', 'minutes', 'key-object-selection'],
      },
    ])
    await late.leave()
  })

  it('[OUT-1] they lie in the original study, at the original places, signed', async () => {
    const objects = await stored()
    expect(objects).toHaveLength(4)
    const [original] = await findingsFacts(lung.slice(0, 1))
    for (const object of objects) {
      expect(object.patient).toEqual(original?.patient)
      expect(object.study).toEqual(original?.study)
    }
    const report = objects.find(({ title }) => title === 'Imaging Measurement Report')
    expect(report).toMatchObject({ verification: 'VERIFIED', verifiedBy: ['Dr Ada Okafor^'] })
    const items = allItems(report?.content ?? [])
    const regions = items.filter(({ type }) => type === 'SCOORD3D').map(({ value }) => value)
    const wanted = marks.map(([, , voxels]) => voxels.flatMap(atVoxel))
    for (const [index, mm] of wanted.entries()) {
      const [, found] = regions[index] as [string, number[], string]
      expect(Math.max(...mm.map((value, n) => Math.abs(value - (found[n] ?? 1e9))))).toBeLessThan(
        0.1,
      )
    }
    const originals = new Set((await findingsFacts(lung)).map(({ sopInstance }) => sopInstance))
    const sources = items.filter(({ name }) => name === 'Source of Measurement')
    expect(sources).toHaveLength(4)
    for (const { value } of sources) expect(originals).toContain((value as string[])[0])
  })

  it('[OUT-1] who sent is in the access log, and a patient’s name is in no log and no answer', async () => {
    const token = caseroom.token('admin')
    const query = `/api/access-log?subjectId=${conference.conferenceId}`
    const log = await (await caseroom.call('GET', query, { token })).text()
    expect(log).toContain('sent-to-pacs')
    const [original] = await findingsFacts(lung.slice(0, 1))
    const identifying = [...(original?.patient.slice(0, 2) ?? []), original?.study[0] ?? '']
    const answers = [log, caseroom.stderr, caseroom.stdout, JSON.stringify(await view())]
    for (const value of identifying.filter((text) => text.length > 3)) {
      for (const answer of answers) expect(answer).not.toContain(value)
    }
  })

  it('[OUT-1] sent again with more in it they are new objects of the same marks', async () => {
    await ask('PUT', '/minutes', { text: 'Agreed: surgery. And physiotherapy.', version: 2 })
    expect((await ask('POST', '/send', await everything())).status).toBe(200)
    const objects = await stored()
    expect(objects).toHaveLength(8)
    const tracking = objects
      .filter(({ title }) => title === 'Imaging Measurement Report')
      .map(({ content }) =>
        allItems(content)
          .filter(({ name }) => name === 'Tracking Unique Identifier')
          .map(({ value }) => value),
      )
    expect(tracking[0]).toEqual(tracking[1])
  })

  it('[OUT-1] of two presses at once one sends', async () => {
    const request = await everything('Dr Ada Okafor, chair')
    const answers = await Promise.all([1, 2, 3].map(() => ask('POST', '/send', request)))
    const statuses = answers.map(({ status }) => status).toSorted()
    expect(statuses.filter((status) => ![200, 409].includes(status))).toEqual([])
    expect(statuses[0]).toBe(200)
  })

  it('[OUT-1] a mark that was deleted meanwhile is not sent unseen', async () => {
    const request = await everything()
    await attending.command('deleteAnnotation', { annotationId: 'spot' })
    expect(await codeOf(await ask('POST', '/send', request))).toEqual([409, 'no-such-mark'])
    const nothing = { ...request, annotationIds: [], keyImageIds: [] }
    await ask('PUT', '/minutes', { text: ' ', version: 3 })
    expect(await codeOf(await ask('POST', '/send', nothing))).toEqual([400, 'nothing-to-send'])
  })

  it('[OUT-1] after the conference is closed a clinician finds it, and the attending’s link is over', async () => {
    expect(await attending.command('closeConference')).toMatchObject({ ok: true })
    const token = caseroom.token('clinician')
    await until('it is closed', async () => (await view(token)).closedAtMs !== undefined)
    expect((await view(token)).marks).toHaveLength(2)
    const past = await caseroom.call('GET', '/api/past-conferences', { token })
    expect(await past.json()).toMatchObject({
      conferences: [{ conferenceId: conference.conferenceId }],
    })
    expect(await codeOf(await ask('GET'))).toEqual([403, 'conference-closed'])
  })
})

it('[OUT-1] without a PACS, or for a case whose origin is gone, the page says why', async () => {
  const alone = await startCaseroom()
  try {
    const token = alone.token('clinician')
    const body = new FormData()
    for (let k = 0; k < 5; k++) body.append('files', new Blob([new Uint8Array(slice(k))]), `${k}`)
    const answer = await alone.call('POST', '/api/imports', { token, body })
    const { importId } = (await answer.json()) as { importId: string }
    await importEnded(alone, importId)
    const { conferenceId } = await openConference(alone)
    const at = `/api/conferences/${conferenceId}/findings`
    const { canSend } = findingsView.parse(await (await alone.call('GET', at, { token })).json())
    expect(canSend).toEqual({ reason: expect.stringContaining('No PACS is set up') })
    const send = { signedBy: 'Dr A', annotationIds: [], keyImageIds: [] }
    expect(await codeOf(await alone.call('POST', `${at}/send`, { token, body: send }))).toEqual([
      502,
      'not-sent',
    ])
  } finally {
    await alone.remove()
  }
}, 120_000)
