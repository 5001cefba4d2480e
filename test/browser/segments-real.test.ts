import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  decodeLabel,
  labelsOf,
  readVolumes,
} from '../../server/dicom/derived/test-support/read-labels.ts'
import { spoolFiles } from '../../server/dicom/test-support/spool-files.ts'
import { invert, transform, transformPoint, type Vec3 } from '../../shared/geometry/transform.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import { enclosedBy, heldMm3 } from '../../shared/volume/surface.ts'
import { surfaceOfLabel } from '../../shared/volume/surface-label.ts'
import { testData, testFiles } from '../support/test-data.ts'
import { until } from '../support/until.ts'
import { manifestOf } from './pages/segments/segment-phantoms.ts'
import type { SegmentBench } from './pages/segments/segments-page.ts'
import { openVolumePage, Pixels, type VolumePage } from './pages/volume/open-volume-page.ts'
import { worldOf } from './pages/volume/phantoms.ts'

declare global {
  interface Window {
    segments: SegmentBench
  }
}

let bench: VolumePage
let manifest: VolumeManifest
let maps: Uint8Array[]

/** The lung CT and the two segments that were painted on it. */
beforeAll(async () => {
  const here = dirname(fileURLToPath(import.meta.url))
  bench = await openVolumePage({ pageFolder: join(here, 'pages', 'segments') })
  using images = spoolFiles(testFiles('dicom/petct-lung-acrin042/ct'))
  const volumes = await readVolumes(images.files)
  using derived = spoolFiles([testData('dicom/petct-lung-acrin042/seg-ct/seg.dcm')])
  const { volumes: made } = await labelsOf(derived.files, volumes)
  const [volume, labels] = [volumes[0]!, made[0]!.labels]
  maps = await Promise.all(labels.map((label) => decodeLabel(label, volume)))
  for (const map of maps) for (const [n, value] of map.entries()) if (value) map[n] = 255
  const { dims, patientFromVoxel } = volume.series
  manifest = manifestOf(
    dims as Vec3,
    patientFromVoxel,
    labels.map(({ name, colour }) => ({ name, colour: [...colour] })),
  )
})
afterAll(() => bench?.close())

it('[CASE-8] surfaces of painted segments hold what their voxels hold within 1 %', () => {
  for (const data of maps) {
    const map = { dims: manifest.dims, patientFromVoxel: manifest.patientFromVoxel, data }
    const surface = surfaceOfLabel(map)!
    expect(Math.abs(enclosedBy(surface).volumeMm3 / heldMm3(map) - 1)).toBeLessThan(0.01)
  }
})

it('[CASE-8] a ray meets a painted segment at the edge of its voxels', async () => {
  const sent = Object.fromEntries(
    maps.map((map, n) => [String(n + 1), Buffer.from(map).toString('base64')]),
  )
  await bench.page.evaluate(([v, s]) => window.segments.load(v, s), [manifest, sent] as const)
  const segments = maps.map((_, n) => ({
    volumeId: 'v1',
    labelId: String(n + 1),
    visible: true,
    opacity: n === 0 ? 1 : 0.5,
  }))
  await bench.page.evaluate((look) => window.segments.show(look), { segments })
  await until('the segments', async () => {
    const states = Object.values(await bench.page.evaluate(() => window.segments.states()))
    return states.length === maps.length && states.every((state) => state === 'shown')
  })
  const map = { dims: manifest.dims, patientFromVoxel: manifest.patientFromVoxel, data: maps[0]! }
  const { centreMm } = surfaceOfLabel(map)!
  const eyeMm: Vec3 = [centreMm[0], centreMm[1] - 400, centreMm[2]]
  const [hit] = await bench.page.evaluate((from) => window.segments.hits(from, [[0, 1, 0]]), eyeMm)
  const voxelFromPatient = invert(transform<'patient', 'voxel'>(manifest.patientFromVoxel))
  const [i, j, k] = transformPoint(voxelFromPatient, hit!.anatomyMm)
  const [ni, nj] = manifest.dims
  const filled = (y: number) =>
    maps.some((voxels) => voxels[(Math.round(k) * nj + y) * ni + Math.round(i)] === 255)
  // Half full between two centres; eased by half a voxel at most.
  expect([-1, 0, 1].some((d) => filled(Math.round(j) + d))).toBe(true)
  expect(filled(Math.round(j) - 2)).toBe(false)
  const view = { eye: worldOf(eyeMm), target: worldOf(centreMm), up: [0, 1, 0] as Vec3 }
  const picture = new Pixels(
    await bench.page.evaluate((v) => window.segments.draw(v, 400, 'picture'), view),
  )
  expect(picture.find((r, g, b) => r + g + b > 60).count).toBeGreaterThan(200)
})
