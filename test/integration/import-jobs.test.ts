import { readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ImportStatus, importStatus } from '../../shared/case/import.ts'
import { testData, testFiles } from '../support/test-data.ts'
import { until } from '../support/until.ts'
import { asStaff, formOf, type LibraryApp, startLibraryApp } from './library-app.ts'

let app: LibraryApp
beforeAll(async () => {
  app = await startLibraryApp()
})
afterAll(async () => {
  await app.stop()
  expect(app.errors).toEqual([])
})

const volumes = () => readdirSync(join(app.dataDir, 'volumes'))
const headphantom = () => testFiles('dicom', 'ct-headphantom-1mm')

describe('an import', () => {
  it('[IN-1] takes a CD whose files all have the same name', async () => {
    const status = await app.bring(await formOf(headphantom(), () => 'IM000001'))
    expect(importStatus.parse(status)).toMatchObject({ state: 'ready', progress: 1, problems: [] })
    expect(status.report).toMatchObject({ files: 60, volumes: 1 })
    const { volumes: made, ...rest } = await app.caseOf(status)
    expect(made).toHaveLength(1)
    expect(rest).toMatchObject({ modality: 'CT', volumeCount: 1 })
    expect(app.spooled()).toEqual([])
  })

  it('has the title that its sender typed, whichever part came first', async () => {
    const form = await formOf(testFiles('dicom', 'ct-gantry-tilt-16.5'))
    form.append('title', '  Skull base, for Thursday  ')
    expect((await app.caseOf(await app.bring(form))).title).toBe('Skull base, for Thursday')
  })

  it('[IN-1] takes 300 files in one request, and drops what is there five times', async () => {
    const files = Array.from({ length: 5 }, headphantom).flat()
    const status = await app.bring(await formOf(files, () => 'I'))
    expect(status).toMatchObject({ state: 'ready', report: { files: 300, volumes: 1 } })
    const [volume] = (await app.caseOf(status)).volumes
    expect(volume?.dims).toEqual([512, 512, 60])
  })

  it('takes 2,000 small files in one request without holding them open', async () => {
    const form = new FormData()
    for (let n = 0; n < 2000; n++) form.append('files', new Blob([`page ${n}`]), 'README')
    const status = await app.bring(form)
    expect(status).toMatchObject({ state: 'rejected', report: { files: 2000 } })
    expect(status.problems.map(({ code }) => code)).toContain('no-volume')
  })

  it('says live how far it is, by server-sent events that end with it', async () => {
    const answer = await app.post(await formOf(testFiles('dicom', 'petct-lung-acrin042', 'ct')))
    const { importId } = (await answer.json()) as { importId: string }
    const stream = await app.get(`/api/imports/${importId}/events`)
    expect(stream.headers.get('content-type')).toContain('text/event-stream')
    const told = (await stream.text())
      .split('\n\n')
      .filter((event) => event.startsWith('event: import\n'))
      .map((event) => importStatus.parse(JSON.parse(event.split('\ndata: ')[1] as string)))
    const states = [...new Set(told.map(({ state }) => state))]
    expect(states.slice(-2)).toEqual(['building', 'ready'])
    const progress = told.map((status) => status.progress)
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    expect(progress.length).toBeGreaterThan(50)
    expect(told.at(-1)).toEqual(await app.json(`/api/imports/${importId}`))
    const late = await app.get(`/api/imports/${importId}/events`)
    expect((await late.text()).match(/^event: import$/gm)).toHaveLength(1)
  })

  it('is listed, newest first, and unknown ones are not found', async () => {
    const { imports } = await app.json<{ imports: ImportStatus[] }>('/api/imports')
    const times = imports.map(({ createdAtMs }) => createdAtMs)
    expect(times).toEqual(times.toSorted((a, b) => b - a))
    expect((await app.get('/api/imports/00000000000000000000000000000000')).status).toBe(404)
    expect((await app.get('/api/imports/nothing/events')).status).toBe(404)
  })

  it('is refused in words where there is no file', async () => {
    const form = new FormData()
    form.append('title', 'nothing')
    const answer = await app.post(form)
    expect(answer.status).toBe(400)
    const { error } = (await answer.json()) as { error: { code: string; details: ImportStatus } }
    expect(error.code).toBe('empty')
    expect(await app.ended(error.details.importId)).toMatchObject({
      state: 'rejected',
      problems: [{ code: 'empty' }],
    })
    const empty = new FormData()
    empty.append('files', new Blob([]), 'nothing')
    expect(await app.bring(empty)).toMatchObject({
      state: 'rejected',
      problems: [{ code: 'empty' }],
    })
  })

  it('is refused where it is no multipart body', async () => {
    const answer = await fetch(`${app.url}/api/imports`, {
      method: 'POST',
      body: '{}',
      headers: { ...asStaff, 'content-type': 'application/json' },
    })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: { code: 'bad-upload' } })
  })

  it('has failed where the connection broke in the middle of a file, and leaves nothing', async () => {
    const before = volumes()
    const sending = request(`${app.url}/api/imports`, {
      method: 'POST',
      headers: {
        ...asStaff,
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': 1_000_000,
      },
    })
    sending.on('error', () => undefined) // it is broken off below
    sending.write('--x\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\nbytes')
    const importId = await until('the upload arrives', () => app.spooled()[0])
    await until(
      'its first file is open',
      () => readdirSync(join(app.dataDir, 'spool', app.siblings.processId, importId))[0],
    )
    sending.destroy()
    expect(await app.ended(importId)).toMatchObject({
      state: 'failed',
      problems: [{ code: 'upload-interrupted' }],
    })
    expect(app.spooled()).toEqual([])
    expect(volumes()).toEqual(before)
  })

  it('is refused where the body ends in the middle of a file', async () => {
    const answer = await fetch(`${app.url}/api/imports`, {
      method: 'POST',
      body: '--x\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\nbytes',
      headers: { ...asStaff, 'content-type': 'multipart/form-data; boundary=x' },
    })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: { code: 'bad-upload' } })
  })
})

describe('bad input', () => {
  const single = (name: string) => [testData('malformed', 'real', name)]
  const cases: [string, () => string[], string][] = [
    ['truncated files', () => single('MR_truncated.dcm'), 'truncated'],
    ['images without pixels', () => single('no-pixel-data.dcm'), 'not-an-image'],
    ['files that are no DICOM', () => [testData('README.md')], 'not-dicom'],
  ]
  it.each(cases)('[IN-5] %s: rejected, in words with a code', async (_, files, code) => {
    const status = await app.bring(await formOf(files()))
    expect(status).toMatchObject({ state: 'rejected', caseIds: [] })
    const problem = status.problems.find((each) => each.code === code)
    expect(problem?.message).toMatch(/^[A-Z].{15,}\.$/)
  })

  it.each([
    ['a series with a missing slice', 'ct-missing-slice', 'missing-slice'],
    ['slices at uneven distances', 'ct-nonuniform-spacing', 'uneven-spacing'],
  ])(
    '[IN-4] %s: a volume, and in words with a code what is odd about it',
    async (_, name, code) => {
      const status = await app.bring(await formOf(testFiles('dicom', name)))
      expect(status).toMatchObject({ state: 'ready', caseIds: [expect.any(String)] })
      const problem = status.problems.find((each) => each.code === code)
      expect(problem?.message).toMatch(/^[A-Z].{15,}\.$/)
      expect(problem?.seriesIndex).toBe(0)
    },
  )

  it('[PRIV-3] a title that names the patient is not kept', async () => {
    const form = await formOf(testFiles('deid', 'header'))
    form.append('title', 'Lunge Okonkwo-Lindqvist')
    const status = await app.bring(form)
    expect(status.state).toBe('ready')
    expect(status.problems.map(({ code }) => code)).toEqual(['title-identifies'])
    const { title } = await app.caseOf(status)
    expect(title).not.toMatch(/Okonkwo/)
    const record = await app.imports.status(status.importId)
    expect(JSON.stringify(record)).not.toMatch(/Okonkwo/)
  })

  it('[IN-5] does not keep the rest of a CD out', async () => {
    const files = [
      ...testFiles('dicom', 'ct-missing-slice'),
      ...testFiles('dicom', 'ct-gantry-tilt-16.5'),
    ]
    const status = await app.bring(await formOf([...files, testData('README.md')]))
    expect(status).toMatchObject({ state: 'ready', report: { volumes: 2 } })
    expect(status.problems.map(({ code }) => code)).toContain('missing-slice')
    expect(status.report.setAside.find(({ code }) => code === 'not-dicom')?.count).toBe(1)
  })

  it('[IN-4] a slice that cannot be decoded refuses its series, and no half volume stays', async () => {
    const before = volumes()
    const form = new FormData()
    for (const [n, path] of testFiles('dicom', 'petct-lung-acrin042', 'ct').entries()) {
      const bytes = readFileSync(path)
      // Its header is whole, and so is the end of its codestream.
      if (n === 111) bytes.fill(0xff, bytes.length / 2, bytes.length / 2 + 2000)
      form.append('files', new Blob([bytes]), 'I')
    }
    const status = await app.bring(form)
    expect(status).toMatchObject({ state: 'rejected', report: { volumes: 0 } })
    expect(status.problems).toEqual([
      { code: 'pixel-decode-failed', message: expect.any(String), fileIndex: 111, seriesIndex: 0 },
    ])
    expect(volumes()).toEqual(before)
  })

  it('ends in words for every malformed file there is, all at once', async () => {
    const files = testFiles('malformed')
    const status = await app.bring(await formOf(files))
    expect(status.state).toBe('rejected')
    expect(status.problems.every(({ message }) => message.length > 10)).toBe(true)
    expect(app.spooled()).toEqual([])
  })
})

describe('what is said of an import', () => {
  it('[IN-3] holds no planted identifier, nor does anything that is left on disk', async () => {
    const status = await app.bring(await formOf(testFiles('deid', 'header')))
    expect(status.state).toBe('ready')
    const manifest = JSON.parse(readFileSync(testData('deid', 'manifest.json'), 'utf8'))
    const planted = [...Object.values(manifest.plants), ...manifest.uids_planted].map(String)
    const said = JSON.stringify([status, await app.caseOf(status), await app.json('/api/imports')])
    expect(planted.filter((text) => said.includes(text))).toEqual([])
    const left = readdirSync(app.dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
    expect(left.length).toBeGreaterThan(50)
    for (const path of left) {
      const bytes = readFileSync(path)
      const found = planted.filter((text) =>
        (['utf8', 'latin1', 'utf16le'] as const).some((as) =>
          bytes.includes(Buffer.from(text, as)),
        ),
      )
      expect(found).toEqual([])
    }
  })
})
