import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type VolumeLabel, volumeLabel } from '../../shared/volume/manifest.ts'
import { type LabelMap, LabelRefusedError, writeLabels } from './label-writer.ts'
import { planLevels } from './pyramid-plan.ts'
import {
  type Formula,
  feedOf,
  openVolumeHouse,
  phantomVoxels,
} from './test-support/volume-house.ts'
import { labelsFolder } from './volume-store.ts'

const dims = [70, 66, 200] as const
// Sheared; a voxel has 0.8 × 0.9 × 2.5 = 1.8 mm³.
const patientFromVoxel = [0.8, 0, 0.3, -95, 0, 0.9, 0.2, -146, 0, 0, 2.5, -40, 0, 0, 0, 1]
const volumeId = 'ab'.repeat(16)

const ball: Formula = (i, j, k) => (Math.hypot(i - 30, j - 20, (k - 150) * 2) < 15 ? 1 : 0)
const dot: Formula = (i, j, k) => (i === 69 && j === 65 && k === 131 ? 1 : 0)
const gradient: Formula = (i, j, k) => (k < 3 ? (i * 3 + j) % 256 : 0)

function mapOf(name: string, formula: Formula, rest: Partial<LabelMap> = {}): LabelMap {
  const voxels = phantomVoxels(dims, 'uint8', formula)
  const area = dims[0] * dims[1]
  const slices = Array.from({ length: dims[2] }, (_, k) => ({ k })).filter(({ k }) =>
    voxels.subarray(k * area, (k + 1) * area).some((value) => value > 0),
  )
  const about = { name, colour: [255, 128, 0], source: 'SEG', fractional: false } as const
  return { ...about, slices, feed: feedOf(voxels, dims, 'uint8'), ...rest }
}

const refusal = { code: 'pixel-decode-failed', message: 'A segment could not be decoded.' }

let house: Awaited<ReturnType<typeof openVolumeHouse>>
let written: VolumeLabel[]
const problems: object[] = []
beforeAll(async () => {
  house = await openVolumeHouse()
  const tree = house.store.newTree(volumeId)
  await tree.start()
  const broken: LabelMap = mapOf('broken', ball, {
    feed: async (slab, index) => {
      await mapOf('broken', ball).feed(slab, index)
      if (index === 2) throw new LabelRefusedError(refusal)
    },
  })
  const labels = [
    mapOf('ball', ball, { algorithmType: 'SEMIAUTOMATIC' }),
    broken,
    mapOf('dot', dot, { source: 'RTSTRUCT', colour: [1, 2, 3] }),
    mapOf('gradient', gradient, { fractional: true }),
    mapOf('nothing', () => 0),
  ]
  written = await writeLabels(
    labels,
    { dims, patientFromVoxel },
    { tree, pool: house.pool },
    { onProblem: (problem) => problems.push(problem) },
  )
  await tree.commit()
})
afterAll(async () => {
  await house.close()
})

describe('[IN-6] the label maps of a volume', () => {
  it('are all there but the one that could not be decoded, which is said and leaves nothing', () => {
    expect(written.map(({ labelId, name }) => [labelId, name])).toEqual([
      ['1', 'ball'],
      ['2', 'dot'],
      ['3', 'gradient'],
      ['4', 'nothing'],
    ])
    expect(problems).toEqual([refusal])
    for (const label of written) expect(volumeLabel.parse(label)).toEqual(label)
    expect(written[0]).toMatchObject({ source: 'SEG', algorithmType: 'SEMIAUTOMATIC' })
    expect(written[1]).toMatchObject({ source: 'RTSTRUCT', colour: [1, 2, 3] })
    expect(house.document(volumeId, 'labels').attributes.ome.labels).toEqual(['1', '2', '3', '4'])
    expect(readdirSync(join(house.root, volumeId, labelsFolder)).sort()).toEqual([
      ...['1', '2', '3', '4'],
      'zarr.json',
    ])
  })

  it.each([
    ['1', ball],
    ['2', dot],
    ['3', gradient],
    ['4', () => 0],
  ] as const)(
    '%s is on the volume’s grid at every level, halved by its greatest',
    async (id, formula) => {
      let [expected, size] = [phantomVoxels(dims, 'uint8', formula), dims as readonly number[]]
      for (const level of planLevels(dims, patientFromVoxel)) {
        if (level.path !== '0') {
          const before = { voxels: expected, size }
          const [fi, fj, fk] = level.factors
          expected = phantomVoxels(level.dims, 'uint8', () => 0)
          before.voxels.forEach((value, n) => {
            const [ni, nj] = before.size as [number, number]
            const [i, j, k] = [n % ni, Math.floor(n / ni) % nj, Math.floor(n / (ni * nj))]
            const at = [Math.floor(i / fi), Math.floor(j / fj), Math.floor(k / fk)] as const
            const to = (at[2] * level.dims[1] + at[1]) * level.dims[0] + at[0]
            expected[to] = Math.max(expected[to]!, value)
          })
          size = level.dims
        }
        const { array, data, shape } = await house.level(volumeId, `labels/${id}/${level.path}`)
        expect(array.dtype).toBe('uint8')
        expect(shape).toEqual(level.dims.toReversed())
        expect(array.attrs).toEqual({ caseroom: { patientFromVoxel: level.patientFromVoxel } })
        expect(Buffer.from(data).equals(Buffer.from(expected))).toBe(true)
      }
    },
  )

  it('writes no chunk in which there is nothing', () => {
    const chunks = (id: string) =>
      readdirSync(join(house.root, volumeId, labelsFolder, id, '0'), { recursive: true })
        .map(String)
        .filter((path) => /\d+\/\d+\/\d+$/.test(path))
    expect(chunks('2')).toEqual(['c/2/1/1'])
    expect(chunks('4')).toEqual([])
    expect(existsSync(join(house.root, volumeId, labelsFolder, '4', '0', 'zarr.json'))).toBe(true)
  })

  it('measures voxels and mm³, of sheared voxels and of fractions', () => {
    const count = (formula: Formula) =>
      [...phantomVoxels(dims, 'uint8', formula)].reduce((sum, value) => sum + value, 0)
    const [first, second, third, fourth] = written as [
      VolumeLabel,
      VolumeLabel,
      VolumeLabel,
      VolumeLabel,
    ]
    expect(first.voxelCount).toBe(count(ball))
    expect(first.volumeMm3).toBeCloseTo(1.8 * count(ball), 6)
    expect(second).toMatchObject({ voxelCount: 1, volumeMm3: expect.closeTo(1.8, 9) })
    expect(third.voxelCount).toBe(count((i, j, k) => (gradient(i, j, k) > 0 ? 1 : 0)))
    expect(third.volumeMm3).toBeCloseTo((1.8 * count(gradient)) / 255, 6)
    expect(fourth).toMatchObject({ voxelCount: 0, volumeMm3: 0 })
  })

  it('are OME-Zarr 0.5 image labels with colour, name, source and algorithm', () => {
    const { ome, caseroom } = house.document(volumeId, 'labels/1').attributes
    expect(ome.version).toBe('0.5')
    expect(ome['image-label']).toEqual({
      version: '0.5',
      colors: [{ 'label-value': 1, rgba: [255, 128, 0, 255] }],
      properties: [{ 'label-value': 1, name: 'ball' }],
      source: { image: '../../' },
    })
    expect(caseroom).toEqual({
      name: 'ball',
      colour: [255, 128, 0],
      source: 'SEG',
      algorithmType: 'SEMIAUTOMATIC',
      fractional: false,
    })
    const [image] = ome.multiscales
    expect(image.datasets.map(({ path }: { path: string }) => path)).toEqual(
      planLevels(dims, patientFromVoxel).map(({ path }) => path),
    )
    const fraction = house.document(volumeId, 'labels/3').attributes.ome['image-label']
    expect(fraction.colors[0]['label-value']).toBe(255)
    const { codecs, fill_value } = house.document(volumeId, 'labels/1/0')
    expect(codecs.map(({ name }: { name: string }) => name)).toEqual(['bytes', 'zstd'])
    expect(fill_value).toBe(0)
  })

  it('refuses a slice beyond the volume', async () => {
    const tree = house.store.newTree('cd'.repeat(16))
    await tree.start()
    const beyond = { ...mapOf('dot', dot), slices: [{ k: 200 }] }
    const place = { tree, pool: house.pool }
    await expect(writeLabels([beyond], { dims, patientFromVoxel }, place)).rejects.toThrow(
      RangeError,
    )
    await tree.discard()
  })
})
