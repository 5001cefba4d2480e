import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { type ImportReading, readStudy } from '../../server/dicom/index.ts'
import { inThisThread } from '../../server/dicom/test-support/in-this-thread.ts'
import { MemoryVaultRows, memoryVault } from '../../server/dicom/test-support/memory-vault.ts'
import { spoolFiles } from '../../server/dicom/test-support/spool-files.ts'
import { testFiles } from '../support/test-data.ts'
import { plantsIn } from './deidentify-plants.ts'

async function read(folder: string, rows = new MemoryVaultRows()): Promise<ImportReading> {
  using spool = spoolFiles(testFiles(folder))
  return await readStudy(spool.files, { vault: memoryVault(rows), threads: inThisThread })
}

describe('planted identifiers', () => {
  const rows = new MemoryVaultRows()
  let reading: ImportReading

  beforeAll(async () => {
    reading = await read('deid/header', rows)
  })

  it('finds them in the files themselves, so that finding none means something', () => {
    const files = Buffer.concat(testFiles('deid/header').map((path) => readFileSync(path)))
    expect(plantsIn(files).length).toBeGreaterThan(40)
  })

  it('[PRIV-1] loads the series', () => {
    expect(reading.problems).toEqual([])
    expect(reading.series.map(({ dims }) => dims)).toEqual([[512, 512, 24]])
    expect(reading.studies).toMatchObject([{ patientSex: 'M', patientAge: '69 years' }])
  })

  it('[PRIV-1] leaves none in anything that leaves, in any encoding', () => {
    const text = [JSON.stringify(reading), inspect(reading, { depth: null, showHidden: true })]
    expect(plantsIn(text.join('\n'))).toEqual([])
  })

  it('[PRIV-1] keeps no UID of the files and remaps each the same way', async () => {
    const text = JSON.stringify(reading)
    expect(text).not.toMatch(/"1\.[0-9]+\.[0-9.]+"/)
    const again = await read('deid/header', rows)
    const elsewhere = await read('deid/header')
    const frameOf = ({ series }: ImportReading) => series[0]!.frameOfReferenceUID
    expect(frameOf(again)).toBe(frameOf(reading))
    expect(frameOf(elsewhere)).not.toBe(frameOf(reading))
    const dateOf = ({ studies }: ImportReading) => studies[0]!.studyDate
    expect(dateOf(again)).toBe(dateOf(reading))
    expect(dateOf(elsewhere)).not.toBe(dateOf(reading))
  })

  it('[PRIV-1] reports what it took away, by keyword and count alone', () => {
    const { deidentification: report } = reading
    expect(report.files).toBe(24)
    expect(report.emptied).toMatchObject({ PatientName: 24, PatientID: 24, AccessionNumber: 24 })
    expect(report.removed).toMatchObject({ PatientAddress: 24, StudyDescription: 24 })
    expect(report).toMatchObject({ preambles: 1, overlays: 1, icons: 1 })
    expect(report.privateElements).toBeGreaterThan(24 * 20)
    expect(report.datesShifted).toMatchObject({ StudyDate: 24 })
    expect(report.uidsRemapped).toBeGreaterThan(24)
  })

  it.each(['dicom/ct-headphantom-1mm', 'dicom/petct-lung-acrin042', 'malformed/synthetic'])(
    '[PRIV-1] %s: no name, no number and no free text of the files leaves',
    async (folder) => {
      const text = JSON.stringify(await read(folder))
      const found = text.match(/PLASTIC|NOTTINGHAM|ACRIN|TRAUMA|Radiology|<script|\.\.\//g)
      expect(found).toBeNull()
    },
  )
})
