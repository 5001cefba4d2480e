import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
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
