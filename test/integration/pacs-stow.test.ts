import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dataSetOf } from '../../server/dicom/pacs/dicom-json.ts'
import { DicomWebClient } from '../../server/dicom/pacs/dicomweb-client.ts'
import { PacsHttp } from '../../server/dicom/pacs/pacs-http.ts'
import { outcomeOf, stowBody } from '../../server/dicom/pacs/stow.ts'
import { orthancLogin, startOrthanc, type TestOrthanc } from '../support/start-orthanc.ts'
import { testData } from '../support/test-data.ts'

let orthanc: TestOrthanc
let client: DicomWebClient
beforeAll(async () => {
  orthanc = await startOrthanc()
  client = new DicomWebClient({ dicomWebUrl: orthanc.dicomWebUrl, login: orthancLogin })
})
afterAll(() => orthanc?.remove())

const report = () => readFileSync(testData('seg', 'sr_tid1500.dcm'))

describe('storing in the PACS', () => {
  it('[OUT-1] what was stored is found, and comes back byte by byte', async () => {
    expect(await client.store([report()])).toEqual({ stored: 1, refused: [] })
    const [found] = (await client.searchStudies({ patientName: '*', modality: 'SR', limit: 10 }))
      .studies
    const studyInstanceUID = found?.studyInstanceUID ?? ''
    const [series] = await client.searchSeries(studyInstanceUID)
    const path = { studyInstanceUID, seriesInstanceUID: series?.seriesInstanceUID ?? '' }
    const [instance] = await client.listInstances(path)
    const pieces: Uint8Array[] = []
    for await (const piece of client.retrieveInstance(path, instance ?? '')) pieces.push(piece)
    expect(Buffer.concat(pieces).equals(report())).toBe(true)
  })

  it('[OUT-1] storing it again is no failure', async () => {
    expect(await client.store([report(), report()])).toMatchObject({ refused: [] })
  })

  it('[OUT-1] what it does not store is told from what it stores, in words', async () => {
    const http = new PacsHttp({ dicomWebUrl: orthanc.dicomWebUrl, login: orthancLogin })
    const ct = readFileSync(testData('dicom/petct-lung-acrin042/ct/IM0001.dcm'))
    const request = { method: 'POST', ...stowBody([report(), ct]), alsoRead: [409] } as const
    // Into the report's own study: the image is of another.
    const { studies } = await client.searchStudies({ modality: 'SR', limit: 1 })
    const path = `/studies/${studies[0]?.studyInstanceUID}`
    const { content } = await http.json(path, request, 1e6)
    expect(outcomeOf(dataSetOf(content), 2)).toEqual({
      stored: 1,
      refused: [
        {
          sopInstanceUID: expect.stringMatching(/^1\./),
          reason: 0x0110,
          message: 'The PACS could not process the object.',
        },
      ],
    })
  })

  it('[OUT-1] a request that it does not take at all says so', async () => {
    const words = Buffer.from('not DICOM at all')
    await expect(client.store([words])).rejects.toMatchObject({ code: 'pacs-refused' })
  })

  it('[OUT-1] a PACS that is away says so', async () => {
    await orthanc.stop()
    await expect(client.store([report()])).rejects.toMatchObject({ code: 'pacs-unreachable' })
    await orthanc.restart()
    expect(await client.store([report()])).toMatchObject({ refused: [] })
  })
})
