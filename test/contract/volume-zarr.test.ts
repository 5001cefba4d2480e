import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as zarr from 'zarrita'
import { type Database, openDatabase } from '../../server/storage/database.ts'
import { addCase } from '../../server/storage/sql-cases.ts'
import { SqlImports } from '../../server/storage/sql-imports.ts'
import { writeLabels } from '../../server/volume/label-writer.ts'
import { feedOf, phantomVoxels } from '../../server/volume/test-support/volume-house.ts'
import { writeVolume } from '../../server/volume/write-volume.ts'
import { transform, transformPoint, type Vec3 } from '../../shared/geometry/transform.ts'
import { floatFromHalf, texelEncoding } from '../../shared/volume/half-float.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import { volumeManifest } from '../../shared/volume/manifest.ts'
import { asStaff, formOf, type LibraryApp, startLibraryApp } from '../integration/library-app.ts'
import { testData, testFiles } from '../support/test-data.ts'
import { aCase, anImport } from './suites/library.ts'

interface Expected {
  series: string
  dims_ijk: Vec3
  affine_ijk_to_lps: number[][]
  sha256_int16_le_kji: string
  min: number
  max: number
  samples: { ijk: Vec3; lps: Vec3; value: number }[]
}

const all = JSON.parse(readFileSync(testData('expected.json'), 'utf8')) as Expected[]
const expectedOf = (series: string) => all.find((each) => each.series === series) as Expected

const dataDir = mkdtempSync(join(tmpdir(), 'caseroom-zarr-'))
let database: Database
let app: LibraryApp
beforeAll(async () => {
  database = await openDatabase({ dataDir, onIdleError: () => {} })
  app = await startLibraryApp({ dataDir, database })
})
afterAll(async () => {
  await app.stop()
  await database.close()
})

/** As any other zarr reader would come by it: over HTTP, with zarrita and its own zstd. */
function treeOf({ volumeId }: VolumeManifest) {
  const store = new zarr.FetchStore(`${app.url}/api/volumes/${volumeId}/zarr`, {
    fetch: (request) => {
      const signed = new Request(request)
      for (const [name, value] of Object.entries(asStaff)) signed.headers.set(name, value)
      return fetch(signed)
    },
  })
  return zarr.root(store)
}

async function levelOf(volume: VolumeManifest, path: string) {
  const array = await zarr.open.v3(treeOf(volume).resolve(path), { kind: 'array' })
  if (!array.is('int16')) throw new Error(`level ${path} is not int16`)
  const chunk = await zarr.get(array)
  return { array, data: chunk.data as Int16Array, shape: chunk.shape as [number, number, number] }
}

const cornersOf = ([i, j, k]: readonly number[]) =>
  Array.from(
    { length: 8 },
    (_, n): Vec3 => [
      n & 1 ? (i as number) - 1 : 0,
      n & 2 ? (j as number) - 1 : 0,
      n & 4 ? (k as number) - 1 : 0,
    ],
  )

const distance = (a: Vec3, b: Vec3) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])

describe.each([
  'dicom/petct-lung-acrin042/ct',
  'dicom/ct-headphantom-1mm',
  'dicom/mr-t1-sagittal-studyforrest',
  'dicom/ct-gantry-tilt-16.5',
])('%s, read back as OME-Zarr', (series) => {
  const expected = expectedOf(series)
  let volume: VolumeManifest
  beforeAll(async () => {
    const status = await app.bring(await formOf(testFiles(...series.split('/'))))
    expect(status).toMatchObject({ state: 'ready', progress: 1, problems: [] })
    volume = (await app.caseOf(status)).volumes[0] as VolumeManifest
  })

  it('has every voxel as it was', async () => {
    const { data, shape } = await levelOf(volume, '0')
    expect(shape).toEqual(expected.dims_ijk.toReversed())
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(expected.sha256_int16_le_kji)
  })

  it('has its corners and known voxels where they were, within 0.1 mm', async () => {
    const ours = transform<'patient', 'voxel'>(volume.patientFromVoxel)
    const theirs = transform<'patient', 'voxel'>(expected.affine_ijk_to_lps.flat())
    for (const corner of cornersOf(expected.dims_ijk)) {
      expect(distance(transformPoint(ours, corner), transformPoint(theirs, corner))).toBeLessThan(
        0.1,
      )
    }
    const { data } = await levelOf(volume, '0')
    const [ni, nj] = expected.dims_ijk
    for (const { ijk, lps, value } of expected.samples) {
      expect(distance(transformPoint(ours, ijk), lps)).toBeLessThan(0.1)
      expect(data[(ijk[2] * nj + ijk[1]) * ni + ijk[0]]).toBe(value)
    }
  })

  it('says of itself what is so', async () => {
    expect(volumeManifest.parse(volume)).toEqual(volume)
    const { data } = await levelOf(volume, '0')
    const [low, high] = volume.valueRange
    const bins = new Array<number>(256).fill(0)
    let [least, most] = [Infinity, -Infinity]
    for (const value of data) {
      if (value === volume.paddingValue) continue
      least = Math.min(least, value)
      most = Math.max(most, value)
      const bin = Math.min(255, Math.floor(((value - low) / (high - low)) * 256))
      bins[bin] = (bins[bin] as number) + 1
    }
    expect([low, high]).toEqual([least, most])
    expect(volume.histogram).toEqual(bins)
  })

  it('has coarser levels that are the means of the level before, where that lies', async () => {
    const { levels, paddingValue } = volume
    expect(levels.at(-1)?.dims.every((size) => size <= 64)).toBe(true)
    for (const [n, level] of levels.entries()) {
      const { array, data } = await levelOf(volume, level.path)
      expect(array.shape).toEqual(level.dims.toReversed())
      expect(array.attrs).toEqual({ caseroom: { patientFromVoxel: level.patientFromVoxel } })
      const fine = levels[n - 1]
      if (!fine) continue
      const before = (await levelOf(volume, fine.path)).data
      const factors = fine.dims.map((size, axis) => (size > (level.dims[axis] as number) ? 2 : 1))
      const last = level.dims.map((size) => size - 1)
      for (const corner of [[0, 0, 0], [3, 5, 2], last]) {
        const [i, j, k] = corner as unknown as Vec3
        const inside: Vec3[] = []
        for (let d = 0; d < 8; d++) {
          const step = [d & 1, (d >> 1) & 1, d >> 2]
          if (step.some((s, axis) => s >= (factors[axis] as number))) continue
          const at = corner.map((c, axis) => c * (factors[axis] as number) + (step[axis] as number))
          if (at.every((c, axis) => c < (fine.dims[axis] as number)))
            inside.push(at as unknown as Vec3)
        }
        const values = inside
          .map(([x, y, z]) => before[(z * fine.dims[1] + y) * fine.dims[0] + x] as number)
          .filter((value) => value !== paddingValue)
        const mean = values.length
          ? Math.round(values.reduce((a, b) => a + b, 0) / values.length)
          : paddingValue
        expect(data[(k * level.dims[1] + j) * level.dims[0] + i]).toBe(mean)
        if (inside.length < factors.reduce<number>((a, b) => a * b, 1)) continue
        const there = transformPoint(transform<'patient', 'voxel'>(level.patientFromVoxel), [
          i,
          j,
          k,
        ])
        const fineFrame = transform<'patient', 'voxel'>(fine.patientFromVoxel)
        const middle = [0, 1, 2].map(
          (axis) => inside.reduce((sum, at) => sum + (at[axis] as number), 0) / inside.length,
        ) as unknown as Vec3
        expect(distance(there, transformPoint(fineFrame, middle))).toBeLessThan(1e-6)
      }
    }
  })
})

describe('the documents of a volume', () => {
  let volume: VolumeManifest
  beforeAll(async () => {
    const status = await app.bring(await formOf(testFiles('dicom', 'ct-headphantom-1mm')))
    volume = (await app.caseOf(status)).volumes[0] as VolumeManifest
  })
  const document = async (key: string) =>
    (await app.get(`/api/volumes/${volume.volumeId}/zarr/${key}`)).json()

  it('have the keys of zarr v3 and no other', async () => {
    const array = await document('0/zarr.json')
    expect(array).toEqual({
      zarr_format: 3,
      node_type: 'array',
      shape: [60, 512, 512],
      data_type: 'int16',
      chunk_grid: { name: 'regular', configuration: { chunk_shape: [64, 64, 64] } },
      chunk_key_encoding: { name: 'default', configuration: { separator: '/' } },
      fill_value: -1024,
      codecs: [
        { name: 'bytes', configuration: { endian: 'little' } },
        { name: 'numcodecs.shuffle', configuration: { elementsize: 2 } },
        { name: 'zstd', configuration: { level: 6, checksum: false } },
      ],
      dimension_names: ['z', 'y', 'x'],
      attributes: { caseroom: { patientFromVoxel: volume.patientFromVoxel } },
    })
    const group = await document('zarr.json')
    expect(Object.keys(group).sort()).toEqual(['attributes', 'node_type', 'zarr_format'])
    expect(group).toMatchObject({ zarr_format: 3, node_type: 'group' })
  })

  it('are OME-Zarr 0.5: a scale, then a translation, per level, in mm', async () => {
    const { ome } = (await document('zarr.json')).attributes
    expect(ome.version).toBe('0.5')
    const [image] = ome.multiscales
    expect(image.axes).toEqual(
      ['z', 'y', 'x'].map((name) => ({ name, type: 'space', unit: 'millimeter' })),
    )
    expect(image.datasets.map(({ path }: { path: string }) => path)).toEqual(['0', '1', '2', '3'])
    const [finest, second] = image.datasets
    const [scale, translation] = finest.coordinateTransformations
    expect(scale).toEqual({
      type: 'scale',
      scale: [1, expect.closeTo(0.451172, 5), expect.closeTo(0.451172, 5)],
    })
    expect(translation).toEqual({ type: 'translation', translation: [0, 0, 0] })
    expect(second.coordinateTransformations).toEqual([
      { type: 'scale', scale: [1, expect.closeTo(0.902344, 5), expect.closeTo(0.902344, 5)] },
      {
        type: 'translation',
        translation: [0, expect.closeTo(0.225586, 5), expect.closeTo(0.225586, 5)],
      },
    ])
  })

  it('cost a first image of at most 700 KB, coarsest level and all', async () => {
    const coarsest = volume.levels.at(-1)?.path as string
    let bytes = 0
    for (const key of ['zarr.json', `${coarsest}/zarr.json`, `${coarsest}/c/0/0/0`]) {
      const answer = await app.get(`/api/volumes/${volume.volumeId}/zarr/${key}`)
      expect(answer.status).toBe(200)
      bytes += (await answer.arrayBuffer()).byteLength
    }
    expect(bytes).toBeLessThan(700_000)
  })
})

describe('[IN-6] a PET phantom with labels', () => {
  const dims: Vec3 = [70, 66, 130]
  const patientFromVoxel = [3, 0.2, 0.3, -95, -0.3, 3, 0.9, -146, 0.1, -0.4, 3.3, -40, 0, 0, 0, 1]
  const floats = phantomVoxels(dims, 'float32', (i, j, k) => (i * 31 + j * 17 + k * 7) ** 1.7)
  const lesion = phantomVoxels(dims, 'uint8', (i, j, k) => (i === 65 && j === 3 && k > 127 ? 1 : 0))
  let volume: VolumeManifest
  beforeAll(async () => {
    const volumeId = '0123456789abcdef'.repeat(2)
    const tree = app.store.newTree(volumeId)
    await tree.start()
    const place = { volumeId, tree, pool: app.pool }
    const grid = { dims, patientFromVoxel }
    const description = {
      ...grid,
      modality: 'PT',
      label: 'PT · phantom',
      frameOfReferenceUID: '2.25.1',
      dataType: 'float32',
      unit: 'Bq/ml',
      suvbwFactor: 0.0002,
    } as const
    const manifest = await writeVolume(description, feedOf(floats, dims, 'float32'), place)
    const map = {
      name: 'lesion',
      colour: [255, 0, 64],
      source: 'SEG',
      fractional: false,
      slices: [{ k: 128 }, { k: 129 }],
      feed: feedOf(lesion, dims, 'uint8'),
    } as const
    volume = { ...manifest, labels: await writeLabels([map], grid, place) }
    await tree.commit()
    await new SqlImports(database.db).add(anImport())
    await addCase(database.db, aCase({ caseId: 'pet', modality: 'PT', volumes: [volume] }))
  })

  it('is read by zarrita as it was: floats, and zeros where a label has no chunk', async () => {
    const image = await zarr.open.v3(treeOf(volume).resolve('0'), { kind: 'array' })
    expect((await zarr.get(image)).data).toEqual(floats)
    for (const { path } of volume.levels) {
      const label = await zarr.open.v3(treeOf(volume).resolve(`labels/1/${path}`), {
        kind: 'array',
      })
      const { data } = await zarr.get(label)
      if (path === '0') expect(data).toEqual(lesion)
      expect(new Set(data as Uint8Array)).toEqual(new Set([0, 1]))
    }
  })

  it('answers 404 for a chunk of nothing, and the chunk that there is', async () => {
    const status = async (key: string) =>
      (await app.get(`/api/volumes/${volume.volumeId}/zarr/labels/${key}`)).status
    expect(await status('1/0/c/0/0/0')).toBe(404)
    expect(await status('1/0/c/2/0/1')).toBe(200)
    expect(await status('zarr.json')).toBe(200)
    expect(await status('1/zarr.json')).toBe(200)
    expect(await status('2/zarr.json')).toBe(404)
  })

  it('comes to the page as half floats within 1/2048 of each value', async () => {
    // Not before the others are done: it puts the page's zstd in the place of zarrita's own.
    const { readLevel } = await import('../../client/volume/level-reader.ts')
    const encoding = texelEncoding(volume.valueRange)
    const { texels } = await readLevel(
      {
        zarrUrl: `${app.url}/api/volumes/${volume.volumeId}/zarr`,
        headers: asStaff,
        path: '0',
        dims,
        encoding,
      },
      () => {},
    )
    const worst = texels.reduce((most, bits, n) => {
      const value = floats[n]!
      return value < 1
        ? most
        : Math.max(most, Math.abs(floatFromHalf(bits) / encoding.scale / value - 1))
    }, 0)
    expect(worst).toBeLessThanOrEqual(2 ** -11)
    expect(worst).toBeGreaterThan(0)
  })
})
