import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testFiles } from '../support/test-data.ts'
import { type LibraryApp, startLibraryApp } from './library-app.ts'
import { type ZipEntry, zipOf } from './zip-writer.ts'

let app: LibraryApp
beforeAll(async () => {
  const limits = { bytesPerFile: 64e6, bytes: 128e6, files: 200 }
  app = await startLibraryApp({ limits })
})
afterAll(async () => {
  const spooled = app.spooled()
  await app.stop()
  expect(app.errors).toEqual([])
  expect(spooled).toEqual([])
})

const bringZip = (...zips: Uint8Array<ArrayBuffer>[]) => {
  const form = new FormData()
  for (const zip of zips) form.append('files', new Blob([zip]), 'no-zip-by-its-name')
  return app.bring(form)
}
const text = (words: string) => new TextEncoder().encode(words)
const slices = () =>
  testFiles('dicom', 'ct-gantry-tilt-16.5').map((path, n): ZipEntry => {
    return { name: `CD/DICOM/${n}/IM1`, data: readFileSync(path), deflate: n % 2 === 0 }
  })
const refused = (code: string) => ({ state: 'rejected', caseIds: [], problems: [{ code }] })

describe('a zip', () => {
  it('[IN-1] is unpacked, told by its first bytes and not by its name', async () => {
    const folder = { name: 'CD/DICOM/', data: new Uint8Array() }
    const status = await bringZip(zipOf([folder, ...slices()]))
    expect(status).toMatchObject({ state: 'ready', report: { files: 20, volumes: 1 } })
  })

  it('may come beside other zips, and hold zips one level deep', async () => {
    const [first, second, third] = [slices().slice(0, 7), slices().slice(7, 14), slices().slice(14)]
    const inner = { name: 'inner.zip', data: zipOf(third) }
    const status = await bringZip(zipOf(first), zipOf([...second, inner]))
    expect(status).toMatchObject({ state: 'ready', report: { files: 20, volumes: 1 } })
  })

  it.each([
    '../SMITH^JOHN',
    'CD/../../SMITH^JOHN',
    '/etc/SMITH^JOHN',
    'C:/SMITH^JOHN',
    '..\\SMITH^JOHN',
  ])('with a file named %s is refused whole', async (name) => {
    const status = await bringZip(zipOf([...slices(), { name, data: text('x') }]))
    expect(status).toMatchObject(refused('zip-unsafe-path'))
    expect(JSON.stringify(status)).not.toContain('SMITH^JOHN')
  })

  it('that unpacks to a thousand times its size is refused, quickly', async () => {
    const started = performance.now()
    const bomb = { name: 'a', data: new Uint8Array(200e6), deflate: true }
    const status = await bringZip(zipOf([bomb]))
    expect(status).toMatchObject(refused('zip-bomb'))
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  it('that hides its size is refused', async () => {
    const liar = { name: 'a', data: new Uint8Array(90e6), deflate: true, claimedSize: 1000 }
    expect(await bringZip(zipOf([liar]))).toMatchObject(refused('zip-damaged'))
  })

  it('of zips of zips is refused', async () => {
    let zip = zipOf([{ name: 'a', data: text('x') }])
    for (let depth = 0; depth < 3; depth++) zip = zipOf([{ name: 'z', data: zip }])
    expect(await bringZip(zip)).toMatchObject(refused('zip-bomb'))
  })

  it('with too many files, or too much in them, is refused', async () => {
    const many = Array.from({ length: 300 }, (_, n) => ({ name: `${n}`, data: text('x') }))
    expect(await bringZip(zipOf(many))).toMatchObject(refused('too-many-files'))
    const noise = Uint8Array.from({ length: 2 ** 20 }, (_, n) => (n * 2654435761) >>> 13)
    const large = { name: 'a', data: Buffer.concat(Array(70).fill(noise)), deflate: true }
    expect(await bringZip(zipOf([large]))).toMatchObject(refused('file-too-large'))
  })

  it('with a password is refused in words that help', async () => {
    const status = await bringZip(zipOf([{ name: 'a', data: text('x'), encrypted: true }]))
    expect(status).toMatchObject(refused('zip-encrypted'))
    expect(status.problems[0]?.message).toContain('password')
  })

  it('that is cut off is refused', async () => {
    const whole = zipOf(slices().slice(0, 3))
    expect(await bringZip(whole.slice(0, whole.length - 200))).toMatchObject(refused('zip-damaged'))
  })

  it('with nothing in it is refused as empty', async () => {
    expect(await bringZip(zipOf([]))).toMatchObject(refused('empty'))
  })
})

describe('bounds', () => {
  it('refuse an upload that is too large while it comes in', async () => {
    const form = new FormData()
    form.append('files', new Blob([new Uint8Array(70e6)]), 'a')
    const answer = await app.post(form)
    expect(answer.status).toBe(413)
    expect(await answer.json()).toMatchObject({ error: { code: 'file-too-large' } })
  })

  it('refuse too much in all, and too many files', async () => {
    const large = new FormData()
    for (let n = 0; n < 3; n++) large.append('files', new Blob([new Uint8Array(50e6)]), 'a')
    const tooLarge = await app.post(large)
    expect([tooLarge.status, await tooLarge.json()]).toMatchObject([
      413,
      { error: { code: 'upload-too-large' } },
    ])
    const many = new FormData()
    for (let n = 0; n < 201; n++) many.append('files', new Blob(['x']), 'a')
    const tooMany = await app.post(many)
    expect([tooMany.status, await tooMany.json()]).toMatchObject([
      413,
      { error: { code: 'too-many-files' } },
    ])
  })
})
