import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import * as zarr from 'zarrita'
import { type CaseDetails, caseDetails } from '../../shared/case/case.ts'
import { endStates, type ImportStatus, importStatus } from '../../shared/case/import.ts'
import type { SeriesPath } from '../../shared/pacs/pacs.ts'
import type { Caseroom } from '../support/start-caseroom.ts'
import { testData } from '../support/test-data.ts'
import { until } from '../support/until.ts'

interface Expected {
  readonly series: string
  readonly dims_ijk: [number, number, number]
  readonly sha256_int16_le_kji: string
}

/** What the reference says of a series. */
export function expectedSeries(series: string): Expected {
  const all = JSON.parse(readFileSync(testData('expected.json'), 'utf8')) as Expected[]
  const found = all.find((each) => each.series === series)
  if (!found) throw new Error(`no reference for ${series}`)
  return found
}

/** Waits for the end of an import. */
export function importEnded(caseroom: Caseroom, importId: string): Promise<ImportStatus> {
  return until(
    'the import ends',
    async () => {
      const status = await importNow(caseroom, importId)
      return endStates.includes(status.state) && status
    },
    150_000,
  )
}

export async function importNow(caseroom: Caseroom, importId: string): Promise<ImportStatus> {
  const answer = await caseroom.call('GET', `/api/imports/${importId}`, {
    token: caseroom.token(),
  })
  return importStatus.parse(await answer.json())
}

/** The latest imports, newest first. */
export async function latestImports(caseroom: Caseroom): Promise<ImportStatus[]> {
  const answer = await caseroom.call('GET', '/api/imports', { token: caseroom.token() })
  return ((await answer.json()) as { imports: ImportStatus[] }).imports
}

export async function readCase(caseroom: Caseroom, caseId: string): Promise<CaseDetails> {
  const answer = await caseroom.call('GET', `/api/cases/${caseId}`, { token: caseroom.token() })
  return caseDetails.parse(await answer.json())
}

/** SHA-256 of level 0, int16 little endian, x fastest, as a zarr reader comes by it over HTTP. */
export async function volumeSha256(caseroom: Caseroom, volumeId: string): Promise<string> {
  const token = caseroom.token()
  const store = new zarr.FetchStore(`${caseroom.url}/api/volumes/${volumeId}/zarr`, {
    fetch: (request) => {
      const signed = new Request(request)
      signed.headers.set('Authorization', `Bearer ${token}`)
      return fetch(signed)
    },
  })
  const array = await zarr.open.v3(zarr.root(store).resolve('0'), { kind: 'array' })
  if (!array.is('int16')) throw new Error('level 0 is not int16')
  const data = (await zarr.get(array)).data as Int16Array
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return createHash('sha256').update(bytes).digest('hex')
}

/** Asks for series to be brought in; the id of the import. */
export async function bringFromPacs(
  caseroom: Caseroom,
  series: readonly SeriesPath[],
  title?: string,
): Promise<string> {
  const answer = await caseroom.call('POST', '/api/pacs/imports', {
    token: caseroom.token('clinician'),
    body: { series, ...(title && { title }) },
  })
  if (answer.status !== 202) throw new Error(`${answer.status} ${await answer.text()}`)
  return ((await answer.json()) as { importId: string }).importId
}

export const pacsEnvOf = (orthanc: { dicomWebUrl: string }) => ({
  PACS_DICOMWEB_URL: orthanc.dicomWebUrl,
  PACS_USERNAME: 'tester',
  PACS_PASSWORD: 'tester-pw',
})
