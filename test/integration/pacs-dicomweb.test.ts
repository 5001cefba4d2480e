import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PacsSeries, PacsStudies } from '../../shared/pacs/pacs.ts'
import { LineBreaker } from '../support/line-breaker.ts'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { startOrthanc, type TestOrthanc } from '../support/start-orthanc.ts'
import { testFiles } from '../support/test-data.ts'
import {
  bringFromPacs,
  expectedSeries,
  importEnded,
  pacsEnvOf,
  readCase,
  volumeSha256,
} from './pacs-house.ts'

const lungCt = 'dicom/petct-lung-acrin042/ct'
/** For 135 images to come, be read and be written on a machine that is busy with much else. */
const busyMs = 180_000
const lungName = 'ACRIN-NSCLC-FDG-PET-042'

let orthanc: TestOrthanc
let line: LineBreaker
let caseroom: Caseroom

beforeAll(async () => {
  orthanc = await startOrthanc()
  await orthanc.upload(testFiles(lungCt))
  await orthanc.upload(testFiles('dicom/mr-t1-decubitus-HFDL'))
  line = await LineBreaker.open(orthanc.httpPort)
  const dicomWebUrl = orthanc.dicomWebUrl.replace(`${orthanc.httpPort}`, `${line.port}`)
  caseroom = await startCaseroom({ env: { ...pacsEnvOf({ dicomWebUrl }), LOG_LEVEL: 'debug' } })
}, 120_000)
afterAll(async () => {
  await caseroom?.remove()
  await line?.close()
  await orthanc?.remove()
})

const ask = async <T>(path: string, body: unknown, status = 200): Promise<T> => {
  const token = caseroom.token('clinician')
  const answer = await caseroom.call('POST', path, { token, body })
  expect(answer.status).toBe(status)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  return (await answer.json()) as T
}
const studies = (body: unknown) => ask<PacsStudies>('/api/pacs/studies/search', body)

async function lungSeries() {
  const { studies: found } = await studies({ patientName: 'acrin', modality: 'CT' })
  const [{ studyInstanceUID }] = found as [PacsStudies['studies'][0]]
  const { series } = await ask<{ series: PacsSeries[] }>('/api/pacs/series/search', {
    studyInstanceUID,
  })
  return { studyInstanceUID, series }
}

describe('the PACS by DICOMweb', () => {
  it('[IN-2] is searched by name, id, date, modality and description', async () => {
    const lung = { patientName: lungName, studyDate: '1960-01-16', description: 'LUNG DELAYS' }
    const hits = [
      { patientName: 'acrin' },
      { patientId: lungName },
      { dateFrom: '1960-01-01', dateTo: '1960-12-31' },
      { modality: 'CT' },
      { description: 'lung' },
      { patientName: '*042', dateFrom: '1960-01-16' },
    ]
    for (const body of hits) {
      const { studies: found, more } = await studies(body)
      expect(found).toMatchObject([{ ...lung, modalities: ['CT'], instanceCount: 135 }])
      expect(more).toBe(false)
    }
    expect((await studies({ patientName: 'nobody at all' })).studies).toEqual([])
    expect((await studies({ dateFrom: '2200-01-01' })).studies).toEqual([])
    const one = await studies({ patientName: '*', limit: 1 })
    expect([one.studies.length, one.more]).toEqual([1, true])
  })

  it('[IN-2] says which series a study has', async () => {
    const { series } = await lungSeries()
    expect(series).toMatchObject([
      { modality: 'CT', description: 'CT IMAGES', seriesNumber: 2, instanceCount: 135 },
    ])
  })

  it(
    '[IN-2] a CT in JPEG-LS comes in its stored syntax and is the reference voxel by voxel',
    async () => {
      const { studyInstanceUID, series } = await lungSeries()
      const path = { studyInstanceUID, seriesInstanceUID: series[0]?.seriesInstanceUID ?? '' }
      const importId = await bringFromPacs(caseroom, [path], 'Lung from the PACS')
      const status = await importEnded(caseroom, importId)
      expect(status).toMatchObject({ state: 'ready', problems: [], report: { files: 135 } })
      // 71 MB where the PACS had decompressed them.
      expect(status.report.bytes).toBe(22_241_154)
      const { title, volumes } = await readCase(caseroom, status.caseIds[0] as string)
      expect(title).toBe('Lung from the PACS')
      const expected = expectedSeries(lungCt)
      expect(volumes.map(({ dims }) => dims)).toEqual([expected.dims_ijk])
      expect(await volumeSha256(caseroom, volumes[0]?.volumeId as string)).toBe(
        expected.sha256_int16_le_kji,
      )
    },
    busyMs,
  )

  it(
    '[IN-2] goes on after the line was cut, with what is missing',
    async () => {
      const { studyInstanceUID, series } = await lungSeries()
      const path = { studyInstanceUID, seriesInstanceUID: series[0]?.seriesInstanceUID ?? '' }
      line.cutEvery(2_000_000, 3)
      const status = await importEnded(caseroom, await bringFromPacs(caseroom, [path]))
      expect(line.cutsLeft).toBe(0)
      expect(status).toMatchObject({ state: 'ready', report: { files: 135, bytes: 22_241_154 } })
    },
    busyMs,
  )

  it('[IN-2] what is there no more is said in words', async () => {
    const path = { studyInstanceUID: '1.2.3', seriesInstanceUID: '1.2.3.4' }
    const status = await importEnded(caseroom, await bringFromPacs(caseroom, [path]))
    expect(status).toMatchObject({
      state: 'failed',
      caseIds: [],
      problems: [{ code: 'upload-interrupted', message: expect.stringContaining('does not have') }],
    })
  })

  it('questions without sense, and people without a right to them, are refused', async () => {
    const path = '/api/pacs/studies/search'
    for (const body of [
      {},
      { patientName: 'a\\b' },
      { dateFrom: '2020-13-01' },
      { dateFrom: '2020-02-01', dateTo: '2020-01-01' },
      { modality: 'ct' },
      { patientName: 'a', limit: 10_000 },
      { patientName: 'a', unknown: 1 },
    ]) {
      await ask(path, body, 400)
    }
    await ask('/api/pacs/series/search', { studyInstanceUID: '../1' }, 400)
    await ask('/api/pacs/imports', { series: [] }, 400)
    const stranger = await caseroom.call('POST', path, { body: { patientName: 'a' } })
    expect(stranger.status).toBe(401)
  })

  it('[PRIV-1] no name, id or UID of the PACS is in the log, the access log or the database', async () => {
    const { entries } = (await (
      await caseroom.call('GET', '/api/access-log', { token: caseroom.token() })
    ).json()) as { entries: { action: string; subjectId: string }[] }
    const searched = entries.filter(({ action }) => action === 'searched-pacs')
    expect(searched.length).toBeGreaterThan(5)
    expect(searched.every(({ subjectId }) => subjectId === '')).toBe(true)
    expect(entries.filter(({ action }) => action === 'imported')).toHaveLength(3)
    const { studyInstanceUID } = await lungSeries()
    const told = caseroom.stderr + caseroom.stdout + JSON.stringify(entries)
    expect(told.length).toBeGreaterThan(1000)
    for (const secret of ['acrin', studyInstanceUID, 'tester-pw', 'nobody at all']) {
      expect(told.toLowerCase()).not.toContain(secret.toLowerCase())
    }
  })
})

describe('a PACS that does not do what it is asked', () => {
  const search = async (env: Record<string, string>) => {
    const other = await startCaseroom({ env })
    try {
      const answer = await other.call('POST', '/api/pacs/studies/search', {
        token: other.token(),
        body: { patientName: 'Doe' },
      })
      return { status: answer.status, ...((await answer.json()) as { error: { code: string } }) }
    } finally {
      await other.remove()
    }
  }

  it('[IN-2] none is set up: the routes say so', async () => {
    expect(await search({})).toMatchObject({ status: 404, error: { code: 'no-pacs' } })
  })

  it('[IN-2] another password, nobody there: each in its own words', async () => {
    const wrong = { ...pacsEnvOf(orthanc), PACS_PASSWORD: 'something-else' }
    expect(await search(wrong)).toMatchObject({
      status: 502,
      error: { code: 'pacs-credentials', message: expect.stringContaining('login') },
    })
    const away = { ...pacsEnvOf(orthanc), PACS_DICOMWEB_URL: 'http://127.0.0.1:9/dicom-web' }
    expect(await search(away)).toMatchObject({
      status: 502,
      error: { code: 'pacs-unreachable', message: expect.stringContaining('does not answer') },
    })
  })
})
