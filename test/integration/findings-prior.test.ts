import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CaseDetails } from '../../shared/case/case.ts'
import { findingsView } from '../../shared/findings/findings-view.ts'
import { Attendant } from '../support/attendant.ts'
import type { OpenedConference } from '../support/open-conference.ts'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { startOrthanc, type TestOrthanc } from '../support/start-orthanc.ts'
import { until } from '../support/until.ts'
import { importEnded, pacsEnvOf, readCase } from './pacs-house.ts'
import { twoStudies } from './two-studies.ts'

let orthanc: TestOrthanc
let caseroom: Caseroom
let now: CaseDetails
let before: CaseDetails
let attending: Attendant
let path: string

beforeAll(async () => {
  orthanc = await startOrthanc()
  caseroom = await startCaseroom({ env: pacsEnvOf(orthanc) })
  const { earlier, later } = twoStudies()
  before = await bring(earlier)
  now = await bring(later)
  const opened = await caseroom.call('POST', '/api/conferences', {
    token: caseroom.token('clinician'),
    body: { caseId: now.caseId, priorCaseId: before.caseId, samePatient: true },
  })
  const { conferenceId, links } = (await opened.json()) as OpenedConference
  path = `/api/conferences/${conferenceId}/findings`
  attending = await Attendant.join(caseroom.url, links.attending, 'Dr Okafor')
  await until('somebody leads', () => attending.state?.presenterId === attending.participantId)
}, 120_000)
afterAll(async () => {
  await attending?.leave()
  await caseroom?.remove()
  await orthanc?.remove()
})

async function bring(contents: readonly Buffer[]): Promise<CaseDetails> {
  const body = new FormData()
  for (const bytes of contents) body.append('files', new Blob([Uint8Array.from(bytes)]), 'image')
  const token = caseroom.token('clinician')
  const answer = await caseroom.call('POST', '/api/imports', { token, body })
  const { importId } = (await answer.json()) as { importId: string }
  const { caseIds } = await importEnded(caseroom, importId)
  return readCase(caseroom, caseIds[0] ?? '')
}

const ask = (method: string, rest = '', body?: unknown) =>
  caseroom.call(method, path + rest, {
    token: attending.token,
    ...(body !== undefined && { body }),
  })

it('[OUT-1] [CASE-6] a mark in the prior is told apart, and goes into no study that is not its own', async () => {
  const pointsMm = [
    [0, 0, 0],
    [3, 4, 0],
  ]
  for (const [annotationId, one] of [
    ['now', now],
    ['before', before],
  ] as const) {
    const { volumeId } = one.volumes[0] ?? {}
    const mark = { annotationId, volumeId, kind: 'length', pointsMm }
    expect(await attending.command('addAnnotation', mark)).toMatchObject({ ok: true })
  }
  const { marks, canSend } = findingsView.parse(await (await ask('GET')).json())
  expect(canSend).toBe(true)
  expect(marks.map(({ annotationId, ofPrior }) => [annotationId, ofPrior])).toEqual([
    ['now', undefined],
    ['before', true],
  ])
  const send = (...annotationIds: string[]) =>
    ask('POST', '/send', { signedBy: 'Dr Okafor', annotationIds, keyImageIds: [] })
  const refused = await send('now', 'before')
  expect([refused.status, await refused.json()]).toMatchObject([
    409,
    { error: { code: 'mark-of-prior', message: expect.stringContaining('Length 5.0 mm') } },
  ])
  expect(findingsView.parse(await (await ask('GET')).json()).sent).toEqual([])
  expect((await send('now')).status).toBe(200)
})
