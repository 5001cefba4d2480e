import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ParticipantActor } from '../../server/identity/actor.ts'
import { type CaseDetails, caseDetails, caseList } from '../../shared/case/case.ts'
import { testFiles } from '../support/test-data.ts'
import { as, asStaff, formOf, type LibraryApp, startLibraryApp } from './library-app.ts'

let app: LibraryApp
let skull: CaseDetails
let head: CaseDetails
beforeAll(async () => {
  app = await startLibraryApp()
  const bring = async (...path: string[]) =>
    app.caseOf(await app.bring(await formOf(testFiles(...path))))
  skull = await bring('dicom', 'ct-gantry-tilt-16.5')
  head = await bring('dicom', 'mr-t1-decubitus-HFDL')
})
afterAll(async () => {
  await app.stop()
  expect(app.errors).toEqual([])
})

const participantOf = (caseId: string): ParticipantActor => ({
  kind: 'participant',
  conferenceId: 'c',
  caseId,
  participantId: 'p',
  role: 'observer',
  displayName: 'Ada',
})
const codeOf = async (answer: Response) => {
  const { error } = (await answer.json()) as { error: { code: string } }
  return [answer.status, error.code]
}
const volumeOf = ({ volumes }: CaseDetails) => volumes[0]?.volumeId as string
const zarrOf = (one: CaseDetails, key: string) => `/api/volumes/${volumeOf(one)}/zarr/${key}`

describe('[ROLE-1] who may see what', () => {
  const everyPath = () => [
    '/api/imports',
    `/api/imports/x`,
    `/api/imports/x/events`,
    '/api/cases',
    `/api/cases/${skull.caseId}`,
    `/api/cases/${skull.caseId}/thumbnail`,
    zarrOf(skull, 'zarr.json'),
  ]

  it('nobody sees anything without a name', async () => {
    for (const path of everyPath()) {
      expect(await codeOf(await app.get(path, {}))).toEqual([401, 'not-signed-in'])
    }
    const answer = await fetch(`${app.url}/api/imports`, { method: 'POST', body: new FormData() })
    expect(answer.status).toBe(401)
  })

  it('a participant sees the case of the conference and nothing else', async () => {
    const own = as(participantOf(skull.caseId))
    for (const path of everyPath().slice(4)) expect((await app.get(path, own)).status).toBe(200)
    for (const path of everyPath().slice(0, 4)) {
      expect(await codeOf(await app.get(path, own))).toEqual([403, 'not-allowed'])
    }
    for (const path of [
      `/api/cases/${head.caseId}`,
      `/api/cases/${head.caseId}/thumbnail`,
      zarrOf(head, 'zarr.json'),
      zarrOf(head, '0/c/0/0/0'),
      `/api/volumes/${'0'.repeat(32)}/zarr/zarr.json`,
    ]) {
      expect(await codeOf(await app.get(path, own))).toEqual([403, 'not-allowed'])
    }
  })

  it('who imported, opened and saw is on record, by whatever they read first', async () => {
    const people = ['Ada', 'Ben', 'Cleo'].map((displayName) => ({
      ...participantOf(skull.caseId),
      participantId: displayName,
      displayName,
    }))
    const [ada, ben, cleo] = people as [ParticipantActor, ParticipantActor, ParticipantActor]
    await app.get(`/api/cases/${skull.caseId}`, as(ada))
    await app.get(zarrOf(skull, 'zarr.json'), as(ada))
    await app.get(zarrOf(skull, '0/zarr.json'), as(ada))
    await Promise.all([3, 4, 3].map((n) => app.get(zarrOf(skull, `0/c/0/3/${n}`), as(ben))))
    await app.get(`/api/cases/${skull.caseId}/thumbnail`, as(cleo))
    const status = await app.bring(await formOf(testFiles('dicom', 'ct-gantry-tilt-16.5')))
    const entries = (await app.accessLog.recent(5)).map(
      ({ actor, action, subjectId }) => `${actor.name} ${action} ${subjectId}`,
    )
    expect(entries.toReversed()).toEqual([
      `Ada opened ${skull.caseId}`,
      `Ada saw ${volumeOf(skull)}`,
      `Ben saw ${volumeOf(skull)}`,
      `Cleo saw ${skull.caseId}`,
      `test imported ${status.importId}`,
    ])
  })

  it('a thousand reads bury nothing', async () => {
    const dana = as({ ...participantOf(skull.caseId), participantId: 'd' })
    const [before] = await app.accessLog.recent(1)
    for (let n = 0; n < 100; n++) {
      const paths = [zarrOf(skull, 'zarr.json'), `/api/cases/${skull.caseId}`]
      await Promise.all(Array.from({ length: 10 }, (_, at) => app.get(paths[at % 2] ?? '', dana)))
    }
    const since = (await app.accessLog.recent(1000)).filter(
      ({ entryId }) => entryId > (before?.entryId ?? 0),
    )
    expect(since.map(({ action }) => action).toSorted()).toEqual(['opened', 'saw'])
  })
})

describe('cases', () => {
  it('[EDU-1] are found by modality, body part and words', async () => {
    const search = async (query: string) =>
      caseList.parse(await app.json(`/api/cases?${query}`)).cases.map(({ caseId }) => caseId)
    expect(await search('modality=MR')).toEqual([head.caseId])
    expect(await search('modality=CT')).not.toContain(head.caseId)
    expect(await search(`q=${encodeURIComponent(head.title.toLowerCase())}`)).toContain(head.caseId)
    expect(await search('q=nothing-has-this')).toEqual([])
    expect(await search('page=99')).toEqual([])
    expect(await codeOf(await app.get('/api/cases?page=0'))).toEqual([400, 'bad-query'])
  })

  it('say what the contract says and no more', async () => {
    expect(caseDetails.parse(skull)).toEqual(skull)
    expect(await codeOf(await app.get('/api/cases/none'))).toEqual([404, 'case-not-found'])
  })

  it('[PRIV-4] have a picture that is asked for anew each time, as a mask makes it another', async () => {
    const path = `/api/cases/${skull.caseId}/thumbnail`
    const guest = await app.get(path, as(participantOf(skull.caseId)))
    expect(guest.headers.get('cache-control')).toBe('private, no-cache')
    const answer = await app.get(path)
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(answer.headers.get('cache-control')).toBe('private, no-cache')
    const etag = answer.headers.get('etag') ?? ''
    const again = { ...asStaff, 'if-none-match': etag, 'cache-control': 'max-age=0' }
    expect((await app.get(path, again)).status).toBe(304)
    const png = Buffer.from(await answer.arrayBuffer())
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([320, 320])
  })
})

describe('the keys of a volume', () => {
  const chunk = () => zarrOf(skull, '0/c/0/3/3')
  const range = async (value: string) => app.get(chunk(), { ...asStaff, range: value })

  it('may be kept for ever by staff, and not at all by whoever is in a conference', async () => {
    const guest = await app.get(chunk(), as(participantOf(skull.caseId)))
    expect(guest.headers.get('cache-control')).toBe('no-store')
    const answer = await app.get(chunk())
    expect(answer.headers.get('cache-control')).toBe('private, max-age=31536000, immutable')
    expect(answer.headers.get('content-type')).toBe('application/octet-stream')
    const document = await app.get(zarrOf(skull, '0/zarr.json'))
    expect(document.headers.get('content-type')).toMatch('application/json')
  })

  it('are read in ranges, from the front, the middle and the end', async () => {
    const whole = Buffer.from(await (await app.get(chunk())).arrayBuffer())
    const size = whole.length
    const parts: [string, Buffer][] = [
      ['bytes=0-9', whole.subarray(0, 10)],
      ['bytes=100-199', whole.subarray(100, 200)],
      [`bytes=${size - 5}-`, whole.subarray(size - 5)],
      ['bytes=-16', whole.subarray(size - 16)],
    ]
    for (const [value, bytes] of parts) {
      const answer = await range(value)
      expect(answer.status).toBe(206)
      expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
    }
    expect(await codeOf(await range(`bytes=${size}-`))).toEqual([416, 'bad-range'])
  })

  it('that are missing are not found', async () => {
    for (const key of ['9/zarr.json', '0/c/99/0/0', '0/c/0/0', 'thumbnail.png', '0']) {
      expect(await codeOf(await app.get(zarrOf(skull, key)))).toEqual([404, 'no-such-key'])
    }
    const unknown = `/api/volumes/${'0'.repeat(32)}/zarr/zarr.json`
    expect(await codeOf(await app.get(unknown))).toEqual([404, 'no-such-key'])
  })

  it('lead nowhere else', async () => {
    const up = [
      '..%2f..%2f..%2fcaseroom.sqlite',
      '%2e%2e/thumbnail.png',
      '..%5c..%5cx',
      '0/c/0/0/0%00',
    ]
    for (const key of up) {
      expect((await app.get(zarrOf(skull, key))).status).toBe(404)
    }
    for (const id of ['..', '..%2f..', '.building-x']) {
      expect((await app.get(`/api/volumes/${id}/zarr/zarr.json`)).status).toBe(404)
    }
  })
})
