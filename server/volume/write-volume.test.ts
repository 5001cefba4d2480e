import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type VolumeManifest, volumeManifest } from '../../shared/volume/manifest.ts'
import { feedOf, openVolumeHouse, phantomVoxels } from './test-support/volume-house.ts'
import { type VolumeDescription, writeVolume } from './write-volume.ts'

let house: Awaited<ReturnType<typeof openVolumeHouse>>
beforeAll(async () => {
  house = await openVolumeHouse()
})
afterAll(async () => {
  await house.close()
})

const dims = [70, 67, 131] as const
// Oblique, anisotropic, sheared.
const patientFromVoxel = [3.1, 0.2, 0.3, -95, -0.25, 3, 0.9, -146, 0.1, -0.4, 3.4, -40, 0, 0, 0, 1]
const suvbwFactor = 0.00021
const pet: VolumeDescription = {
  modality: 'PT',
  label: 'PT · phantom',
  frameOfReferenceUID: '2.25.1',
  dims,
  patientFromVoxel,
  dataType: 'float32',
  unit: 'Bq/ml',
  suvbwFactor,
  defaultWindow: { windowCenter: 25_000, windowWidth: 50_000 },
}
/** Activity of all sizes, two negative ones and a hot spot that no half float holds. */
const activity = phantomVoxels(dims, 'float32', (i, j, k) => {
  if (i === 33 && j === 30 && k === 64) return 1.2345e6
  if (i === 0 && j < 2 && k === 0) return -0.5
  return 0.1 * ((i * 7919 + j * 104729 + k * 1299709) % 1_000_003) ** 0.9
})

async function write(description: VolumeDescription, voxels = activity) {
  const volumeId = '0123456789abcdef'.repeat(2)
  await house.store.remove(volumeId)
  const tree = house.store.newTree(volumeId)
  await tree.start()
  const feed = feedOf(voxels, description.dims, description.dataType)
  const manifest = await writeVolume(description, feed, { volumeId, tree, pool: house.pool })
  await tree.commit()
  return manifest
}

describe('[IN-4] a PET volume', () => {
  let manifest: VolumeManifest
  beforeAll(async () => {
    manifest = await write(pet)
  })

  it('has every float as it was, bit for bit', async () => {
    const { array, data, shape } = await house.level(manifest.volumeId, '0')
    expect(array.dtype).toBe('float32')
    expect(shape).toEqual(dims.toReversed())
    const bits = (voxels: typeof data) =>
      Buffer.from(voxels.buffer, voxels.byteOffset, voxels.byteLength)
    expect(bits(data).equals(bits(activity))).toBe(true)
  })

  it('says its range, its window, its unit and what makes SUV of it, and no HU', () => {
    expect(volumeManifest.parse(manifest)).toEqual(manifest)
    expect(manifest).toMatchObject({
      unit: 'Bq/ml',
      dataType: 'float32',
      suvbwFactor,
      defaultWindow: pet.defaultWindow,
      valueRange: [-0.5, Math.fround(1.2345e6)],
    })
    expect(manifest.histogram.reduce((sum, n) => sum + n, 0)).toBe(activity.length)
    const { attributes } = house.document(manifest.volumeId, '.')
    expect(attributes.caseroom).toMatchObject({ unit: 'Bq/ml', suvbwFactor })
    const { codecs, data_type } = house.document(manifest.volumeId, '0')
    expect(data_type).toBe('float32')
    expect(codecs[1]).toEqual({ name: 'numcodecs.shuffle', configuration: { elementsize: 4 } })
  })

  it('has coarser levels that are the means of the one before', async () => {
    for (const [n, level] of manifest.levels.entries()) {
      const fine = manifest.levels[n - 1]
      if (!fine) continue
      const { data } = await house.level(manifest.volumeId, level.path)
      const before = (await house.level(manifest.volumeId, fine.path)).data
      const [ci, cj, ck] = level.dims
      for (const [i, j, k] of [
        [0, 0, 0],
        [16, 15, 32],
        [ci - 1, cj - 1, ck - 1],
      ] as const) {
        const found: number[] = []
        for (let d = 0; d < 8; d++) {
          const [x, y, z] = [2 * i + (d & 1), 2 * j + ((d >> 1) & 1), 2 * k + (d >> 2)]
          if (x >= fine.dims[0] || y >= fine.dims[1] || z >= fine.dims[2]) continue
          found.push(before[(z * fine.dims[1] + y) * fine.dims[0] + x]!)
        }
        const mean = found.reduce((sum, value) => sum + value, 0) / found.length
        expect(data[(k * cj + j) * ci + i]! / mean).toBeCloseTo(1, 6)
      }
    }
  })

  it('opens by percentiles where its header gives no window', async () => {
    const { defaultWindow: _, suvbwFactor: __, ...plain } = pet
    const { defaultWindow, suvbwFactor: none } = await write(plain)
    expect(none).toBeUndefined()
    const sorted = activity.toSorted()
    const high = sorted[Math.ceil(0.98 * sorted.length) - 1]!
    expect(defaultWindow.windowCenter + defaultWindow.windowWidth / 2).toBeGreaterThan(0.999 * high)
    expect(defaultWindow.windowCenter + defaultWindow.windowWidth / 2).toBeLessThan(1.001 * high)
  })

  it('leaves padding out of its range, its histogram and its means', async () => {
    const paddingValue = Math.fround(-1000.1)
    const voxels = activity.map((value, n) => (n % 3 === 0 ? paddingValue : value))
    const padded = await write({ ...pet, paddingValue }, voxels as Float32Array)
    expect(padded.valueRange[0]).toBeGreaterThan(-1)
    const rest = voxels.filter((value) => value !== paddingValue)
    expect(padded.histogram.reduce((sum, n) => sum + n, 0)).toBe(rest.length)
    const { data } = await house.level(padded.volumeId, padded.levels.at(-1)!.path)
    expect(Math.min(...data)).toBeGreaterThan(0)
  })
})

it('a thumbnail of PET shows its hot spot, at its place', async () => {
  const size = [40, 40, 40] as const
  const axial = [5, 0, 0, -97.5, 0, 5, 0, -97.5, 0, 0, 5, -97.5, 0, 0, 0, 1]
  // To the patient's left and up: to the right and up in the picture.
  const voxels = phantomVoxels(size, 'float32', (i, j, k) =>
    Math.hypot(i - 30, j - 20, k - 30) < 4
      ? 40_000
      : Math.hypot(i - 20, j - 20, k - 20) < 18
        ? 9000
        : 0,
  )
  const manifest = await write({ ...pet, dims: size, patientFromVoxel: axial }, voxels)
  const { decode } = await import('fast-png')
  const { width, data, channels } = decode(await house.store.thumbnail(manifest.volumeId))
  let [x, y, weight] = [0, 0, 0]
  for (let n = 0; n < width * width; n++) {
    if (data[n * channels]! < 170) continue
    x += n % width
    y += Math.floor(n / width)
    weight += 1
  }
  expect(weight).toBeGreaterThan(100)
  expect(x / weight / width).toBeGreaterThan(0.6)
  expect(y / weight / width).toBeLessThan(0.4)
})
