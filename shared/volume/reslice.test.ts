import { describe, expect, it } from 'vitest'
import { type Transform, transform, transformPoint, type Vec3 } from '../geometry/transform.ts'
import { add, cross, normalize, scale } from '../geometry/vector.ts'
import { reslice, SlabCut } from './reslice.ts'
import { chunksOfSlab } from './reslice-chunks.ts'
import type { Slab } from './slice.ts'
import { chunked, type DenseVoxels, trilinearReference } from './test-support/chunked.ts'

/** Turned about all three axes, anisotropic, sheared as by a tilted gantry. */
const skewed: Transform<'patient', 'voxel'> = transform(
  [
    [0.7, -0.3, 0.2, -31],
    [0.28, 0.75, -0.6, 12],
    [0.05, 0.11, 2.4, -40],
    [0, 0, 0, 1],
  ].flat(),
)
const dims: Vec3 = [37, 29, 23]
const noise = (n: number) => ((Math.imul(n + 1, 2654435761) >>> 0) % 4096) - 1024
const dense = (fill: (n: number) => number = noise, matrix = skewed): DenseVoxels => ({
  dims,
  patientFromVoxel: matrix,
  data: Int16Array.from({ length: dims[0] * dims[1] * dims[2] }, (_, n) => fill(n)),
})
const middleOf = ({ patientFromVoxel }: DenseVoxels) =>
  transformPoint(patientFromVoxel, [18, 14, 11])

/** Around the volume's middle, looking along `normal`. */
function slabAround(volume: DenseVoxels, normal: Vec3, rest: Partial<Slab> = {}): Slab {
  const n = normalize(normal)
  const right = normalize(cross(n, [0.3, 0.9, 0.2]))
  const [columnMm, rowMm] = [scale(right, 0.61), scale(cross(n, right), 0.61)]
  const [columns, rows] = [70, 60]
  const originMm = add(
    middleOf(volume),
    add(scale(columnMm, -columns / 2), scale(rowMm, -rows / 2)),
  )
  return { originMm, columnMm, rowMm, columns, rows, slabMm: 0, projection: 'average', ...rest }
}

const pixelMm = (slab: Slab, n: number): Vec3 =>
  add(
    slab.originMm,
    add(scale(slab.columnMm, n % slab.columns), scale(slab.rowMm, Math.floor(n / slab.columns))),
  )

function expectSame(values: Float32Array, reference: (n: number) => number): number {
  let there = 0
  for (const [n, value] of values.entries()) {
    const expected = reference(n)
    if (Number.isNaN(expected) || Number.isNaN(value)) {
      if (Number.isNaN(expected) !== Number.isNaN(value)) expect([n, value]).toEqual([n, expected])
      continue
    }
    there++
    if (!(Math.abs(value - expected) <= 1e-3)) expect([n, value]).toEqual([n, expected])
  }
  return there
}

const normals: readonly Vec3[] = [
  [0, 0, 1],
  [0, 1, 0],
  [1, 0, 0],
  [0.4, -0.5, 0.77],
]

describe('a plane', () => {
  it.each(normals)('[CASE-5] along (%d, %d, %d) is the trilinear reference', (...normal) => {
    const volume = dense()
    const slab = slabAround(volume, normal)
    const values = reslice(chunked(volume, 16), slab, { paddingValue: undefined })
    const there = expectSame(values, (n) => trilinearReference(volume, pixelMm(slab, n)))
    expect(there).toBeGreaterThan(500)
  })

  it('[CASE-5] through voxel centres gives the stored integers, chunk borders included', () => {
    const volume = dense()
    for (const k of [0, 15, 16, 22]) {
      const slab: Slab = {
        originMm: transformPoint(skewed, [0, 0, k]),
        columnMm: [0.7, 0.28, 0.05],
        rowMm: [-0.3, 0.75, 0.11],
        columns: dims[0],
        rows: dims[1],
        slabMm: 0,
        projection: 'average',
      }
      const values = reslice(chunked(volume, 16), slab, { paddingValue: undefined })
      const from = k * dims[0] * dims[1]
      expect(values).toEqual(
        Float32Array.from(volume.data.subarray(from, from + dims[0] * dims[1])),
      )
    }
  })

  it('[CASE-5] has nothing where any part of a cell is padding, and whole values beside it', () => {
    const padding = -2000
    const volume = dense((n) => (n % 7 === 0 && n % dims[0] < 12 ? padding : noise(n)))
    const slab = slabAround(volume, [0.1, 0.2, 1])
    const values = reslice(chunked(volume, 16), slab, { paddingValue: padding })
    const there = expectSame(values, (n) => trilinearReference(volume, pixelMm(slab, n), padding))
    expect(there).toBeGreaterThan(500)
    expect(values.every((value) => Number.isNaN(value) || value >= -1024)).toBe(true)
  })

  it('[CASE-5] of floats leaves not-a-number out as it does padding', () => {
    const volume = dense()
    const data = Float32Array.from(volume.data, (value, n) =>
      n % 11 === 0 ? Number.NaN : value / 7,
    )
    const slab = slabAround(volume, [1, 2, 3])
    const values = reslice(chunked({ ...volume, data }, 16), slab, { paddingValue: undefined })
    expectSame(values, (n) => trilinearReference({ ...volume, data }, pixelMm(slab, n)))
  })

  it('[CASE-5] through a single slice shows it over its thickness, and nothing beyond', () => {
    const data = Int16Array.from({ length: 64 }, (_, n) => n)
    const flat: DenseVoxels = {
      dims: [8, 8, 1],
      patientFromVoxel: transform([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 3, 0, 0, 0, 0, 1]),
      data,
    }
    const at = (z: number): Slab => ({
      originMm: [0, 0, z],
      columnMm: [1, 0, 0],
      rowMm: [0, 1, 0],
      columns: 8,
      rows: 8,
      slabMm: 0,
      projection: 'average',
    })
    const read = (z: number) => reslice(chunked(flat), at(z), { paddingValue: undefined })
    expect(read(1.4)).toEqual(Float32Array.from(data))
    expect(read(1.6).every(Number.isNaN)).toBe(true)
  })
})

describe('a slab', () => {
  const projections = {
    average: (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length,
    mip: (values: number[]) => Math.max(...values),
    minip: (values: number[]) => Math.min(...values),
  }

  it.each(['average', 'mip', 'minip'] as const)(
    '[CASE-5] as %s gathers its layers, those without a value left out',
    (projection) => {
      const padding = -2000
      const volume = dense((n) => (n % 31 === 0 ? padding : noise(n)))
      const slab = slabAround(volume, [0.2, -0.3, 0.9], { slabMm: 5, projection })
      const values = reslice(chunked(volume, 16), slab, { paddingValue: padding })
      const normal = normalize(cross(slab.columnMm, slab.rowMm))
      // The smallest voxel spacing is 0.756 mm: seven layers of 5/7 mm.
      const there = expectSame(values, (n) => {
        const layers = Array.from({ length: 7 }, (_, layer) =>
          add(pixelMm(slab, n), scale(normal, ((layer - 3) * 5) / 7)),
        ).map((point) => trilinearReference(volume, point, padding))
        const present = layers.filter((value) => !Number.isNaN(value))
        return present.length === 0 ? Number.NaN : projections[projection](present)
      })
      expect(there).toBeGreaterThan(1000)
    },
  )

  it('[CASE-5] of three slices is those three slices', () => {
    const spacing = 1.5
    const volume = dense(noise, transform([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, spacing, 0, 0, 0, 0, 1]))
    // A slab is sampled as finely as the smallest spacing: here that of the slices.
    const cubes = {
      ...volume,
      patientFromVoxel: transform<'patient', 'voxel'>([
        spacing,
        0,
        0,
        0,
        0,
        spacing,
        0,
        0,
        0,
        0,
        spacing,
        0,
        0,
        0,
        0,
        1,
      ]),
    }
    const slab: Slab = {
      originMm: [0, 0, 9 * spacing],
      columnMm: [spacing, 0, 0],
      rowMm: [0, spacing, 0],
      columns: dims[0],
      rows: dims[1],
      slabMm: 3 * spacing,
      projection: 'mip',
    }
    const values = reslice(chunked(cubes, 16), slab, { paddingValue: undefined })
    const size = dims[0] * dims[1]
    expectSame(values, (n) =>
      Math.max(...[8, 9, 10].map((k) => volume.data[k * size + n] as number)),
    )
  })
})

describe('the chunks of a slab', () => {
  it.each([0, 4])('[CASE-5] are those that its samples read, at %d mm', (slabMm) => {
    const volume = dense()
    for (const normal of normals) {
      const slab = slabAround(volume, normal, { slabMm })
      const level = chunked(volume, 8)
      const named = chunksOfSlab(level, slab)
      const whole = reslice(level, slab, { paddingValue: undefined })
      // Take away one at a time: each is missed where it is read, and none that is not named is.
      let idle = 0
      for (const at of level.chunks.keys()) {
        const without = {
          ...level,
          peek: (c: Vec3) => (c.join() === at ? undefined : level.peek(c)),
        }
        const values = new Float32Array(whole.length)
        const cut = new SlabCut(without, slab, values, { paddingValue: undefined })
        for (let row = 0; row < slab.rows; row++) cut.row(row)
        const isNamed = named.some((chunk) => chunk.join() === at)
        if (!isNamed) expect([at, cut.missing]).toEqual([at, 0])
        if (isNamed && cut.missing === 0) idle++
      }
      // A corner of a chunk may be cut between two pixels; that is rare.
      expect(idle).toBeLessThanOrEqual(Math.ceil(named.length / 6))
    }
  })

  it('[CASE-5] on slice 63 are one layer of chunks, and between 63 and 64 two', () => {
    const data = new Int16Array(70 * 70 * 70)
    const patientFromVoxel: Transform<'patient', 'voxel'> = transform([
      0.9, 0, 0, -17.3, 0, 0.9, 0, 21.1, 0, 0, 1.1, -300.7, 0, 0, 0, 1,
    ])
    const level = chunked({ dims: [70, 70, 70], patientFromVoxel, data })
    const at = (k: number): Slab => ({
      originMm: transformPoint(patientFromVoxel, [0, 0, k]),
      columnMm: [0.9, 0, 0],
      rowMm: [0, 0.9, 0],
      columns: 70,
      rows: 70,
      slabMm: 0,
      projection: 'average',
    })
    expect(chunksOfSlab(level, at(63))).toHaveLength(4)
    expect(chunksOfSlab(level, at(63.5))).toHaveLength(8)
    expect(chunksOfSlab(level, at(500))).toHaveLength(0)
  })
})

describe('a tile', () => {
  it('[CASE-5] is cut out of the plane, and pixels without their chunk stay as they were', () => {
    const volume = dense()
    const level = chunked(volume, 16)
    const slab = slabAround(volume, [0.3, 0.1, 1])
    const whole = reslice(level, slab, { paddingValue: undefined })
    const values = new Float32Array(whole.length).fill(7)
    const tile = { column: 20, row: 15, columns: 30, rows: 25 }
    const cut = new SlabCut(level, slab, values, { paddingValue: undefined, tile })
    for (let row = 0; row < tile.rows; row++) cut.row(row)
    expectSame(values, (n) => {
      const [column, row] = [n % slab.columns, Math.floor(n / slab.columns)]
      const isIn = column >= 20 && column < 50 && row >= 15 && row < 40
      return isIn ? (whole[n] as number) : 7
    })
    expect(cut.missing).toBe(0)
    const [first] = chunksOfSlab(level, slab, tile)
    level.chunks.delete(String(first))
    const partial = new Float32Array(whole.length).fill(7)
    const less = new SlabCut(level, slab, partial, { paddingValue: undefined, tile })
    for (let row = 0; row < tile.rows; row++) less.row(row)
    expect(less.missing).toBeGreaterThan(0)
    expect(partial.filter((value) => value === 7)).toHaveLength(
      whole.length - tile.columns * tile.rows + less.missing,
    )
    expect(() => reslice(level, slab, { paddingValue: undefined })).toThrow(/not here/)
  })
})
