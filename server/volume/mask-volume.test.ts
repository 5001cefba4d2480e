import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { transform, transformPoint } from '../../shared/geometry/transform.ts'
import { type VolumeManifest, volumeManifest } from '../../shared/volume/manifest.ts'
import { writeLabels } from './label-writer.ts'
import { type KeptSide, maskVolume } from './mask-volume.ts'
import type { Dims } from './pyramid-plan.ts'
import { feedOf, openVolumeHouse, phantomVoxels } from './test-support/volume-house.ts'
import { labelsFolder } from './volume-store.ts'
import type { Voxels } from './voxels.ts'
import { type VolumeDescription, writeVolume } from './write-volume.ts'

let house: Awaited<ReturnType<typeof openVolumeHouse>>
beforeAll(async () => {
  house = await openVolumeHouse()
})
afterAll(async () => {
  await house.close()
})

const dims = [70, 67, 140] as const
// Oblique, anisotropic, sheared.
const patientFromVoxel = [0.8, -0.3, 0.2, -30, 0.3, 0.9, 0.1, -40, 0.05, 0.1, 1.5, -90, 0, 0, 0, 1]
const ct: VolumeDescription = {
  modality: 'CT',
  label: 'CT · phantom',
  frameOfReferenceUID: '2.25.1',
  dims,
  patientFromVoxel,
  dataType: 'int16',
  unit: 'HU',
  defaultWindow: { windowCenter: 40, windowWidth: 400 },
}
const values = (i: number, j: number, k: number) => ((i * 31 + j * 17 + k * 7) % 2000) - 1000
/** Through the volume, across all axes. */
const keep: KeptSide = { normal: [0.31, 0.87, -0.42], offsetMm: 1.2345 }

const spotAt = [60, 60, 5] as const
/** A shell, as the contour of a body is. */
const outline = phantomVoxels(dims, 'uint8', (i, j, k) => {
  const radius = Math.hypot((i - 35) / 30, (j - 33) / 30, (k - 70) / 65)
  return radius > 0.9 && radius < 1 ? 1 : 0
})

async function store(volumeId: string, description: VolumeDescription, voxels: Voxels) {
  const tree = house.store.newTree(volumeId)
  await tree.start()
  const place = { volumeId, tree, pool: house.pool }
  const feed = feedOf(voxels, description.dims, description.dataType)
  const manifest = await writeVolume(description, feed, place)
  const spot = phantomVoxels(dims, 'uint8', (i, j, k) =>
    i === spotAt[0] && j === spotAt[1] && k === spotAt[2] ? 1 : 0,
  )
  const label = { name: 'spot', colour: [9, 9, 9], source: 'SEG', fractional: false } as const
  const every = Array.from({ length: dims[2] }, (_, k) => ({ k }))
  const labels = await writeLabels(
    [
      { ...label, slices: [{ k: spotAt[2] }], feed: feedOf(spot, dims, 'uint8') },
      { ...label, name: 'outline', slices: every, feed: feedOf(outline, dims, 'uint8') },
    ],
    description,
    place,
  )
  await tree.commit()
  return { ...manifest, labels }
}

/** From the definition: voxel by voxel, in patient space. */
function cutByHand(voxels: Voxels, [ni, nj]: Dims, { normal, offsetMm }: KeptSide, value: number) {
  const frame = transform<'patient', 'voxel'>(patientFromVoxel)
  let cut = 0
  const left = voxels.map((voxel, n) => {
    const [x, y, z] = transformPoint(frame, [
      n % ni,
      Math.floor(n / ni) % nj,
      Math.floor(n / (ni * nj)),
    ])
    const isKept = normal[0] * x + normal[1] * y + normal[2] * z >= offsetMm
    if (!isKept) cut += 1
    return isKept ? voxel : value
  }) as Voxels
  return { left, cut }
}

const countOf = (label: Voxels) => Array.from(label).filter((value) => value > 0).length
const tools = () => ({ pool: house.pool, store: house.store })

describe('[PRIV-4] a masked volume', () => {
  const voxels = phantomVoxels(dims, 'int16', values)
  const volumeId = '11'.repeat(16)
  let before: VolumeManifest
  let after: VolumeManifest
  beforeAll(async () => {
    before = await store(volumeId, ct, voxels)
    after = await maskVolume(before, keep, tools())
  })

  it('has the least value wherever a voxel’s centre lies beyond the plane, all else as it was', async () => {
    const { left, cut } = cutByHand(voxels, dims, keep, -1000)
    expect(cut / voxels.length).toBeGreaterThan(0.2)
    expect(cut / voxels.length).toBeLessThan(0.8)
    const { data } = await house.level(after.volumeId, '0')
    expect(Buffer.from(data.buffer).equals(Buffer.from(left.buffer))).toBe(true)
  })

  it('is another volume with all that was said of the first, and statistics of its own', async () => {
    expect(volumeManifest.parse(after)).toEqual(after)
    const { volumeId: _, histogram, valueRange, labels: __, ...rest } = after
    const { volumeId: first, histogram: was, valueRange: range, labels: ___, ...said } = before
    expect(after.volumeId).not.toBe(first)
    expect(rest).toEqual(said)
    expect(valueRange).toEqual(range)
    expect(histogram[0]).toBeGreaterThan(was[0]! * 10)
    expect(histogram.reduce((sum, n) => sum + n, 0)).toBe(voxels.length)
    const { data } = await house.level(first, '0')
    expect(Buffer.from(data.buffer).equals(Buffer.from(voxels.buffer))).toBe(true)
  })

  it('has levels that were made of what is left', async () => {
    const half = after.levels[1]!
    const { data } = await house.level(after.volumeId, half.path)
    const { left } = cutByHand(voxels, dims, keep, -1000)
    const [ci, cj, ck] = half.dims
    const factors = dims.map((size, axis) => (size > half.dims[axis]! ? 2 : 1))
    for (let n = 0; n < ci * cj * ck; n += 97) {
      const at = [n % ci, Math.floor(n / ci) % cj, Math.floor(n / (ci * cj))]
      const found: number[] = []
      for (let d = 0; d < 8; d++) {
        const step = [d & 1, (d >> 1) & 1, d >> 2]
        if (step.some((s, axis) => s >= factors[axis]!)) continue
        const [i, j, k] = at.map((c, axis) => c * factors[axis]! + step[axis]!) as [
          number,
          number,
          number,
        ]
        if (i < dims[0] && j < dims[1] && k < dims[2])
          found.push(left[(k * dims[1] + j) * dims[0] + i]!)
      }
      expect(data[n]).toBe(0 + Math.round(found.reduce((a, b) => a + b, 0) / found.length))
    }
  })

  it('has a thumbnail of its own', async () => {
    const thumbnails = [before, after].map((each) => house.store.thumbnail(each.volumeId))
    const [was, is] = (await Promise.all(thumbnails)) as [Buffer, Buffer]
    expect(is.equals(was)).toBe(false)
  })

  it('has labels that end where it ends: the outline of a head would show the face', async () => {
    const { left, cut } = cutByHand(outline, dims, keep, 0)
    const { data } = await house.level(after.volumeId, 'labels/2/0')
    expect(Buffer.from(data.buffer).equals(Buffer.from(left.buffer))).toBe(true)
    expect(cut).toBeGreaterThan(0)
    const voxelCount = countOf(left)
    expect(after.labels?.[1]).toMatchObject({ labelId: '2', name: 'outline', voxelCount })
    expect(voxelCount).toBeLessThan(before.labels![1]!.voxelCount)
    const coarse = await house.level(after.volumeId, 'labels/2/1')
    const was = await house.level(before.volumeId, 'labels/2/1')
    expect(countOf(coarse.data)).toBeLessThan(countOf(was.data))
  })

  it('may be masked again, also where nothing of a label is left', async () => {
    const none: KeptSide = { normal: [0, 0, 1], offsetMm: 1e6 }
    const empty = await maskVolume(after, none, tools())
    const again = await maskVolume(empty, keep, tools())
    expect(again.labels?.map(({ voxelCount }) => voxelCount)).toEqual([0, 0])
  })

  it('keeps a label that lies where it is kept, chunk by chunk', async () => {
    const filesOf = (id: string) => {
      const folder = join(house.root, id, labelsFolder, '1')
      const names = readdirSync(folder, { recursive: true, withFileTypes: true })
      return names
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => [path.slice(folder.length), readFileSync(path).toString('base64')])
        .sort()
    }
    expect(after.labels?.[0]).toEqual(before.labels![0])
    expect(filesOf(after.volumeId)).toEqual(filesOf(before.volumeId))
    expect(filesOf(after.volumeId).length).toBeGreaterThan(2)
  })

  it('becomes padding where there is some, which is in no range and no histogram', async () => {
    const floats = phantomVoxels(dims, 'float32', (i, j, k) => 0.1 + values(i, j, k) ** 2)
    const paddingValue = Math.fround(-0.7)
    const pet = { ...ct, modality: 'PT', dataType: 'float32', unit: 'Bq/ml', paddingValue } as const
    const stored = await store('22'.repeat(16), { ...pet, suvbwFactor: 0.0002 }, floats)
    const masked = await maskVolume(stored, keep, tools())
    const { left, cut } = cutByHand(floats, dims, keep, paddingValue)
    const { data } = await house.level(masked.volumeId, '0')
    expect(Buffer.from(data.buffer).equals(Buffer.from(left.buffer))).toBe(true)
    expect(masked.histogram.reduce((sum, n) => sum + n, 0)).toBe(floats.length - cut)
    expect(masked).toMatchObject({ unit: 'Bq/ml', paddingValue, suvbwFactor: 0.0002 })
  })

  it('is not made with a plane that is none, nor of a damaged volume, and nothing is left then', async () => {
    const there = () => readdirSync(house.root).sort()
    const names = there()
    const bad: KeptSide[] = [
      { normal: [0, 0, 0], offsetMm: 1 },
      { normal: [0, Number.NaN, 1], offsetMm: 1 },
      { normal: [0, 0, 1], offsetMm: Infinity },
    ]
    for (const plane of bad) {
      await expect(maskVolume(before, plane, tools())).rejects.toThrow(RangeError)
    }
    const missing = { ...before, volumeId: '33'.repeat(16) }
    await expect(maskVolume(missing, keep, tools())).rejects.toThrow('ENOENT')
    expect(there()).toEqual(names)
    expect(existsSync(join(house.root, before.volumeId))).toBe(true)
  })
})
