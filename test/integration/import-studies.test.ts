import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CaseDetails, caseDetails } from '../../shared/case/case.ts'
import { type LibraryApp, startLibraryApp } from './library-app.ts'
import { twoStudies } from './two-studies.ts'

const { earlier, later } = twoStudies()
/** SOC and SIZ of JPEG 2000 (ISO 15444-1 A.4.1, A.5.1). */
const startOfCodestream = Buffer.from('ff4fff51', 'hex')

describe('an upload of two studies', () => {
  let app: LibraryApp
  beforeAll(async () => {
    app = await startLibraryApp()
  })
  afterAll(async () => {
    await app.stop()
    expect(app.errors).toEqual([])
  })

  async function bring(contents: readonly Buffer[], title?: string) {
    const form = new FormData()
    if (title) form.append('title', title)
    for (const bytes of contents) form.append('files', new Blob([Uint8Array.from(bytes)]), 'I')
    const status = await app.bring(form)
    const ids = status.caseIds.map((caseId) => app.json<CaseDetails>(`/api/cases/${caseId}`))
    return { status, cases: (await Promise.all(ids)).map((each) => caseDetails.parse(each)) }
  }

  it('[IN-1] becomes two cases, the earlier study first, in one space', async () => {
    const { status, cases } = await bring([...later, ...earlier])
    expect(status).toMatchObject({ state: 'ready', problems: [], report: { volumes: 2 } })
    expect(cases.map(({ volumes }) => volumes.map(({ dims }) => dims[2]))).toEqual([[12], [20]])
    const [first, second] = cases.map(({ studyDate }) => Date.parse(studyDate as string))
    expect(Number(second) - Number(first)).toBe(7 * 86_400_000)
    const frames = cases.flatMap(({ volumes }) => volumes.map((each) => each.frameOfReferenceUID))
    expect(new Set(frames).size).toBe(1)
    for (const { caseId, title, volumeCount } of cases) {
      expect([title, volumeCount]).toEqual(['CT brain', 1])
      expect((await app.get(`/api/cases/${caseId}/thumbnail`)).status).toBe(200)
    }
  })

  it('[IN-1] has the typed title on both, with a number', async () => {
    const { cases } = await bring([...later, ...earlier], 'Skull')
    expect(cases.map(({ title }) => title)).toEqual(['Skull (1)', 'Skull (2)'])
  })

  it('[IN-4] makes a case of the study that is whole where the other cannot be decoded', async () => {
    const damaged = earlier.map((bytes) => {
      const changed = Buffer.from(bytes)
      // What frames it and says how large it is stays: the decoder finds the rest amiss.
      return changed.fill(0, changed.indexOf(startOfCodestream) + 60, changed.length - 16)
    })
    const { status, cases } = await bring([...damaged, ...later], 'Skull')
    expect(status.problems.map(({ code }) => code)).toEqual(['pixel-decode-failed'])
    expect(cases.map(({ title, volumeCount }) => [title, volumeCount])).toEqual([['Skull', 1]])
  })
})
