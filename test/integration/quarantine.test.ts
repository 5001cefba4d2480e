import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { slice } from '../../server/dicom/test-support/phantom.ts'
import type { Quarantine } from '../../shared/case/quarantine.ts'
import { storedVoxels } from '../support/stored-voxels.ts'
import { testData, testFiles } from '../support/test-data.ts'
import { asStaff, formOf, type LibraryApp, startLibraryApp } from './library-app.ts'

let app: LibraryApp
beforeAll(async () => {
  app = await startLibraryApp()
})
afterAll(async () => {
  await app.stop()
  expect(app.errors).toEqual([])
})

interface Manifest {
  series: Record<
    string,
    { files: { burned_in?: { box_xyxy: [number, number, number, number] } }[] }
  >
}
const planted = JSON.parse(readFileSync(testData('deid', 'manifest.json'), 'utf8')) as Manifest

it('[PRIV-2] text in three of twelve slices is gone from the volume, and the report says so', async () => {
  const status = await app.bring(await formOf(testFiles('deid', 'burned-in')))
  expect(status).toMatchObject({ state: 'ready', report: { slicesMasked: 3 } })
  const { volumes } = await app.caseOf(status)
  const [volume] = volumes
  const path = `/api/volumes/${volume!.volumeId}/zarr/0`
  const voxels = Float32Array.from(await storedVoxels(app.url + path, asStaff))
  const [columns, rows, slices] = volume!.dims
  const { box_xyxy } = planted.series['deid/burned-in']!.files.flatMap(
    ({ burned_in }) => burned_in ?? [],
  )[0]!
  const [left, top, right, bottom] = box_xyxy
  for (let k = 0; k < slices; k++) {
    const slice = voxels.subarray(k * rows * columns, (k + 1) * rows * columns)
    const brightest = slice.reduce((most, value) => Math.max(most, value), -Infinity)
    const inBox = slice.filter((value, n) => {
      const [x, y] = [n % columns, Math.floor(n / columns)]
      return x >= left && x <= right && y >= top && y <= bottom && value === brightest
    })
    expect(inBox.length).toBe(0)
  }
})

it('[PRIV-2] pictures that say they have text, and show none, wait for a person', async () => {
  const form = new FormData()
  for (const k of [0, 1, 2]) {
    const image = Uint8Array.from(slice(k, { BurnedInAnnotation: 'YES' }))
    form.append('files', new Blob([image]), 'image')
  }
  const held = await app.bring(form)
  expect(held).toMatchObject({ state: 'quarantined', caseIds: [] })
  expect(held.problems.map(({ code }) => code)).toContain('burned-in-text')
  const path = `/api/imports/${held.importId}/quarantine`
  const { slices } = await app.json<Quarantine>(path)
  expect(slices.map(({ k }) => k)).toEqual([0, 1, 2])
  const picture = await app.get(`${path}/slices/1`)
  expect(picture.headers.get('content-type')).toBe('image/png')
  const review = {
    slices: slices.map(({ seriesIndex, k }) => ({
      seriesIndex,
      k,
      boxes: k === 1 ? [[0, 0, 1, 0]] : [],
    })),
  }
  const release = () =>
    fetch(`${app.url}${path}/release`, {
      method: 'POST',
      headers: { ...asStaff, 'content-type': 'application/json' },
      body: JSON.stringify(review),
    })
  const answers = await Promise.all([release(), release()])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 404])
  const accepted = answers.find(({ ok }) => ok)!
  const { importId } = (await accepted.json()) as { importId: string }
  const released = await app.ended(importId)
  expect(released).toMatchObject({ state: 'ready', report: { slicesMasked: 1 } })
  const [volume] = (await app.caseOf(released)).volumes
  const voxels = await storedVoxels(`${app.url}/api/volumes/${volume!.volumeId}/zarr/0`, asStaff)
  const second = [...voxels].slice(12, 24)
  expect(second[0]).toBe(Math.min(...second))
  expect(second[1]).toBe(second[0])
  expect(second[2]).toBeGreaterThan(second[1]!)
  expect((await app.get(path)).status).toBe(404)
})
