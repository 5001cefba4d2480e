import { openAsBlob } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CaseDetails } from '../../shared/case/case.ts'
import { endStates, type ImportStatus } from '../../shared/case/import.ts'
import { Attendant } from '../support/attendant.ts'
import { Caseroom } from '../support/start-caseroom.ts'
import { testFiles } from '../support/test-data.ts'
import { until } from '../support/until.ts'

let caseroom: Caseroom
let token: string
beforeAll(async () => {
  caseroom = await Caseroom.spawn()
  await caseroom.opened()
  token = caseroom.token('clinician')
})
afterAll(async () => {
  await caseroom.remove()
})

const call = async <T>(method: string, path: string, body?: unknown) => {
  const answer = await caseroom.call(method, path, { token, ...(body !== undefined && { body }) })
  return { status: answer.status, body: (await answer.json()) as T }
}

async function bring(...path: string[]): Promise<CaseDetails> {
  const form = new FormData()
  for (const file of testFiles(...path)) form.append('files', await openAsBlob(file), 'image')
  const sent = await fetch(`${caseroom.url}/api/imports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
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

type Opened = { conferenceId: string; code: string; links: Record<string, string> }
const open = async (caseId: string) =>
  (await call<Opened>('POST', '/api/conferences', { caseId })).body
const join = (body: Record<string, string>) =>
  call<{ token: string; error?: { code: string } }>('POST', '/api/conferences/join', {
    displayName: 'Ada',
    ...body,
  })

it('[PRIV-4] guests come to a head only when the attending answers for it by name', async () => {
  const head = await bring('dicom', 'mr-t1-decubitus-HFDL')
  expect(head.face).toEqual({ state: 'needed' })
  const { code, links } = await open(head.caseId)
  const invitation = (role: string) => links[role]!.split('#')[1]!
  const refused = [await join({ code }), await join({ invitation: invitation('observer') })]
  for (const { status, body } of refused) {
    expect([status, body.error?.code]).toEqual([409, 'face-visible'])
  }
  expect((await join({ invitation: invitation('attending') })).status).toBe(200)
  const face = `/api/cases/${head.caseId}/face`
  expect((await call('POST', face, { action: 'waive', name: ' ', reason: 'defaced' })).status).toBe(
    400,
  )
  const waived = { action: 'waive', name: 'Dr. Ines Albrecht', reason: 'Scan is defaced already.' }
  expect(await call('POST', face, waived)).toMatchObject({
    status: 200,
    body: { face: { state: 'waived', by: 'Dr. Ines Albrecht', reason: waived.reason } },
  })
  expect((await join({ code })).status).toBe(200)
  const log = await caseroom.call('GET', `/api/access-log?subjectId=${head.caseId}`, {
    token: caseroom.token('admin'),
  })
  const { entries } = (await log.json()) as { entries: { action: string }[] }
  expect(entries.map(({ action }) => action)).toContain('waived-face')
})

it('[PRIV-4] a masked face is gone from every level, and the first volume with it', async () => {
  const head = await bring('dicom', 'ct-gantry-tilt-16.5')
  const [before] = head.volumes
  const busy = await open(head.caseId)
  const face = `/api/cases/${head.caseId}/face`
  const m = before!.patientFromVoxel
  const middle = [0, 1, 2].map((row) =>
    before!.dims.reduce(
      (sum, size, axis) => sum + (m[4 * row + axis]! * (size - 1)) / 2,
      m[4 * row + 3]!,
    ),
  )
  const keep = { normal: [0, 1, 0], offsetMm: middle[1] }
  expect(await call('POST', face, { action: 'mask', keep })).toMatchObject({
    status: 409,
    body: { error: { code: 'conference-open' } },
  })
  await close(busy)
  expect(await call('POST', face, { action: 'mask', keep })).toMatchObject({
    status: 200,
    body: { face: { state: 'masked', by: 'clinician' } },
  })
  const after = (await call<CaseDetails>('GET', `/api/cases/${head.caseId}`)).body
  const [volume] = after.volumes
  expect(after.face.state).toBe('masked')
  expect(volume!.volumeId).not.toBe(before!.volumeId)
  expect(volume!.madeFrom).toBe(before!.volumeId)
  const gone = await caseroom.call('GET', `/api/volumes/${before!.volumeId}/zarr/zarr.json`, {
    token,
  })
  expect(gone.status).toBe(404)
  const { code } = await open(head.caseId)
  expect((await join({ code })).status).toBe(200)
})

async function close({ links }: Opened): Promise<void> {
  const attending = await Attendant.join(caseroom.url, links.attending!, 'Ines')
  expect(await attending.command('closeConference')).toMatchObject({ ok: true })
}
