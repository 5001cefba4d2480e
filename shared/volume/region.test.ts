import { describe, expect, it } from 'vitest'
import { type Transform, transform, transformPoint, type Vec3 } from '../geometry/transform.ts'
import { add, cross, normalize, scale } from '../geometry/vector.ts'
import { regionGrid, regionStatistics } from './region.ts'
import { enclosedArea } from './region-outline.ts'
import { reslice } from './reslice.ts'
import { chunked, type DenseVoxels, trilinearReference } from './test-support/chunked.ts'

const oblique: Transform<'patient', 'voxel'> = transform(
  [
    [0.6, -0.4, 0.5, -20],
    [0.45, 0.62, -0.7, 5],
    [-0.03, 0.3, 2.1, -33],
    [0, 0, 0, 1],
  ].flat(),
)
const dims: Vec3 = [60, 50, 40]

function volumeOf(value: (pointMm: Vec3, n: number) => number, matrix = oblique): DenseVoxels {
  const data = Float32Array.from({ length: dims[0] * dims[1] * dims[2] }, (_, n) => {
    const [i, j] = [n % dims[0], Math.floor(n / dims[0]) % dims[1]]
    return value(transformPoint(matrix, [i, j, Math.floor(n / dims[0] / dims[1])]), n)
  })
  return { dims, patientFromVoxel: matrix, data }
}

const middle = transformPoint(oblique, [30, 25, 20])

function read(volume: DenseVoxels, outlineMm: readonly Vec3[], paddingValue?: number) {
  const grid = regionGrid(volume, outlineMm)
  if (!grid) return undefined
  return regionStatistics(grid, reslice(chunked(volume, 16), grid.plane, { paddingValue }))
}

/** Half-axes a and b in the plane with this normal. */
function ellipse(centre: Vec3, normal: Vec3, a: number, b: number, count = 256): Vec3[] {
  const right = normalize(cross(normal, [0.2, 1, 0.4]))
  const down = normalize(cross(normal, right))
  return Array.from({ length: count }, (_, n) => {
    const turn = (2 * Math.PI * n) / count
    return add(centre, add(scale(right, a * Math.cos(turn)), scale(down, b * Math.sin(turn))))
  })
}

describe('a region', () => {
  it('[MARK-4] on an oblique anisotropic volume: mean, deviation and area as by calculus', () => {
    // A value that grows evenly: on an ellipse its mean is that of the centre, and its deviation
    // half of its growth along the half-axis.
    const volume = volumeOf(([x, y, z]) => 100 + 3 * x - 2 * y + z)
    const normal = normalize([0.3, -0.5, 0.8])
    const outline = ellipse(middle, normal, 9, 5)
    const found = read(volume, outline)!
    const centreValue = 100 + 3 * middle[0] - 2 * middle[1] + middle[2]
    expect(found.areaMm2 / (Math.PI * 9 * 5)).toBeCloseTo(1, 3)
    expect(Math.abs(found.mean - centreValue)).toBeLessThan(0.1)
    const right = normalize(cross(normal, [0.2, 1, 0.4]))
    const down = normalize(cross(normal, right))
    const growth = (v: Vec3) => 3 * v[0] - 2 * v[1] + v[2]
    const deviation = Math.hypot(9 * growth(right), 5 * growth(down)) / 2
    expect(found.standardDeviation / deviation).toBeCloseTo(1, 2)
    const reach = 2 * deviation
    expect(Math.abs(found.max - centreValue - reach)).toBeLessThan(0.02 * reach)
    expect(Math.abs(centreValue - found.min - reach)).toBeLessThan(0.02 * reach)
    // Squares of half the smallest spacing: their count is the area, too.
    const pitch = Math.hypot(0.6, 0.45, 0.03) / 2
    expect((found.count * pitch ** 2) / (Math.PI * 9 * 5)).toBeCloseTo(1, 2)
  })

  it('[MARK-4] on a slice holds the voxels whose centres it encloses, as they are stored', () => {
    const volume = volumeOf((_, n) => ((Math.imul(n + 1, 2654435761) >>> 0) % 4096) - 1024)
    const at = (i: number, j: number) => transformPoint(oblique, [i, j, 17])
    const found = read(volume, [at(10.4, 8.6), at(14.6, 8.6), at(14.6, 11.5), at(10.4, 11.5)])!
    const inside: number[] = []
    for (let j = 9; j <= 11; j++) {
      for (let i = 11; i <= 14; i++) {
        inside.push(volume.data[(17 * dims[1] + j) * dims[0] + i] as number)
      }
    }
    const mean = inside.reduce((sum, value) => sum + value, 0) / 12
    const squares = inside.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    expect(found.count).toBe(12)
    expect(found.mean).toBeCloseTo(mean, 9)
    expect(found.standardDeviation).toBeCloseTo(Math.sqrt(squares / 12), 9)
    expect([found.min, found.max]).toEqual([Math.min(...inside), Math.max(...inside)])
    const [row, column] = [Math.hypot(0.6, 0.45, 0.03), Math.hypot(0.4, 0.62, 0.3)]
    expect(found.areaMm2).toBeGreaterThan(0.9 * 4.2 * 2.9 * row * column)
  })

  it('[MARK-4] between two slices, and along the other two axes, follows the voxels as well', () => {
    const volume = volumeOf((_, n) => n % 977)
    const planes: [across: number, height: number][] = [
      [2, 20.5],
      [1, 11],
      [0, 30.25],
    ]
    for (const [across, height] of planes) {
      const [columnAxis, rowAxis] = [0, 1, 2].filter((axis) => axis !== across) as [number, number]
      const at = (column: number, row: number): Vec3 => {
        const voxel: [number, number, number] = [height, height, height]
        voxel[columnAxis] = column
        voxel[rowAxis] = row
        return transformPoint(oblique, voxel)
      }
      const found = read(volume, [at(5.5, 6.5), at(8.5, 6.5), at(8.5, 9.5), at(5.5, 9.5)])!
      const values: number[] = []
      for (let row = 7; row <= 9; row++) {
        for (let column = 6; column <= 8; column++) {
          values.push(trilinearReference(volume, at(column, row)))
        }
      }
      expect(found.count).toBe(9)
      expect(found.mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / 9, 2)
    }
  })

  it('[MARK-4] smaller than a voxel still has its value', () => {
    const volume = volumeOf((point) => 7 * point[2])
    const at = (i: number, j: number) => transformPoint(oblique, [i, j, 17])
    const found = read(volume, [at(10.3, 8.3), at(10.6, 8.3), at(10.6, 8.6), at(10.3, 8.6)])!
    expect(found.mean).toBeCloseTo(7 * at(10.45, 8.45)[2], 1)
  })

  it('[MARK-4] leaves padding and what lies beyond the volume out', () => {
    const volume = volumeOf((_, n) => (n % 5 === 0 ? -2000 : 40))
    const at = (i: number, j: number) => transformPoint(oblique, [i, j, 17])
    const half = [at(-10.5, 8.5), at(4.5, 8.5), at(4.5, 12.5), at(-10.5, 12.5)]
    const found = read(volume, half, -2000)!
    expect(found).toMatchObject({ mean: 40, standardDeviation: 0, min: 40, max: 40, count: 16 })
    expect(
      read(
        volumeOf(() => -2000),
        half,
        -2000,
      ),
    ).toBeUndefined()
    const away = half.map((point) => add(point, [500, 0, 0]))
    expect(read(volume, away, -2000)).toBeUndefined()
  })

  it('[MARK-4] that is a line or a point has no inside', () => {
    const volume = volumeOf(() => 1)
    expect(read(volume, [middle, add(middle, [5, 0, 0]), add(middle, [9, 0, 0])])).toBeUndefined()
    expect(read(volume, [middle, middle, middle])).toBeUndefined()
    expect(read(volume, [middle, add(middle, [5, 0, 0])])).toBeUndefined()
  })

  it('[MARK-4] that crosses itself counts what it goes around once', () => {
    const volume = volumeOf(() => 1)
    const right: Vec3 = normalize([1, 0.2, -0.1])
    const down: Vec3 = normalize(cross([0.1, 0.3, 1], right))
    const at = (x: number, y: number) => add(middle, add(scale(right, x), scale(down, y)))
    const hourglass = read(volume, [at(-4, -4), at(4, -4), at(-4, 4), at(4, 4)])!
    expect(hourglass.areaMm2).toBeCloseTo(32, 6)
    // The middle of a pentagram is reached over two edges: its five points are left.
    const pentagram = Array.from({ length: 5 }, (_, n) => {
      const turn = (4 * Math.PI * n) / 5
      return [Math.cos(turn), Math.sin(turn)] as const
    })
    const innerRadius = ((1 + Math.sqrt(5)) / 2) ** -2
    const side = 2 * innerRadius * Math.sin(Math.PI / 5)
    const height = 1 - innerRadius * Math.cos(Math.PI / 5)
    expect(enclosedArea(pentagram)).toBeCloseTo((5 * side * height) / 2, 9)
  })

  it('[MARK-4] reads the same voxels wherever the patient lies, with corners on voxel centres', () => {
    const corners: Vec3[] = [
      [2, 3, 4],
      [6, 3, 4],
      [6, 8, 4],
      [2, 8, 4],
    ]
    for (let n = 0; n < 50; n++) {
      const [x, y] = [0.7 * Math.cos(0.37 * n), 0.7 * Math.sin(0.37 * n)]
      const matrix: Transform<'patient', 'voxel'> = transform(
        [
          [x, -y, 0.2, -180.3 + 0.11 * n],
          [y, x, 0.3, 33.7],
          [0, 0, 2.5, -412.9],
          [0, 0, 0, 1],
        ].flat(),
      )
      const outline = corners.map((corner) => transformPoint(matrix, corner))
      const grid = regionGrid({ dims, patientFromVoxel: matrix }, outline)!
      const { columns, rows } = grid.plane
      expect([n, columns, rows]).toEqual([n, 5, 6])
      // an edge on voxel centres holds those of one side
      expect(regionStatistics(grid, new Float32Array(columns * rows))?.count).toBe(20)
    }
  })
})
