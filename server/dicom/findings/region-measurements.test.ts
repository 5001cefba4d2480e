import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { FindingMark } from '../../../shared/findings/finding-mark.ts'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { allItems, findingsFacts, type ItemFacts } from '../../../test/support/findings-facts.ts'
import { buildFindings } from './build-findings.ts'
import { atVoxel, equipment, findings, origin } from './test-support/sample-findings.ts'

const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'caseroom-regions-'))
const path = join(folder, 'report.dcm')
let groups: ItemFacts[] = []

const measured = {
  mean: 43.25,
  standardDeviation: 12.5,
  min: -12,
  max: 101,
  areaMm2: 235.5,
  unit: 'HU',
}
const region = (kind: FindingMark['kind'], pointsMm: readonly Vec3[], unit?: string) => ({
  annotationId: `${kind}-${unit}`,
  volumeId: unit === 'SUV' || unit === 'Bq/ml' ? 'volume-pt' : 'volume-ct',
  kind,
  pointsMm,
  ...(unit && { measured: { ...measured, unit } }),
  authorName: 'Dr Ada Résidente',
  atMs: findings.atMs,
})
/** The second half-axis is the longer one. */
const ellipse: readonly Vec3[] = [
  [10, 20, 30],
  [14, 20, 30],
  [10, 29, 30],
]
const outline = [
  [3, 3, 5],
  [9, 3, 5],
  [9, 8, 5],
  [3, 9, 5],
].map((voxel) => atVoxel(voxel as unknown as Vec3))
const marks: readonly FindingMark[] = [
  region('ellipse', ellipse, 'HU'),
  region('freehand', outline, 'a.u.'),
  region('probe', outline.slice(0, 1), 'SUV'),
  region('probe', outline.slice(0, 1), 'Bq/ml'),
  region('freehand', outline),
]

beforeAll(async () => {
  const report = buildFindings(origin, { ...findings, marks }, equipment).find(
    ({ kind }) => kind === 'measurement-report',
  )
  writeFileSync(path, report?.part10() ?? '')
  const [facts] = await findingsFacts([path])
  groups = allItems(facts?.content ?? []).filter(({ name }) => name === 'Measurement Group')
})
afterAll(() => rmSync(folder, { recursive: true }))

const ofType = (group: ItemFacts | undefined, type: string) =>
  ((group?.value ?? []) as ItemFacts[]).filter((item) => item.type === type)
const numbersOf = (group: ItemFacts | undefined) =>
  ofType(group, 'NUM').map(({ name, value, from }) => [
    name,
    ...(value as [number, string]),
    ...(from ?? []).map((item) => item.value),
  ])

it('[OUT-1] regions and probes make a report in which dciodvfy and dsrdump find nothing wrong', async () => {
  const { stderr } = await run('dciodvfy', ['-new', path])
  expect(stderr).toMatch(/Comprehensive3DSR/)
  const complaints = stderr
    .split('\n')
    .filter((line) => /^(Error|Warning)/.test(line))
    .filter((line) => !/Laterality.*is only permitted|<99CASEROOM>/.test(line))
  expect(complaints).toEqual([])
  const dumped = await run('dsrdump', ['+Pl', path])
  expect(dumped.stderr.split('\n').filter((line) => /^[EF]:/.test(line))).toEqual([])
})

it('[OUT-1] an ellipse is the ends of its axes, the longer first; an outline is closed', () => {
  const regions = groups.map((group) => ofType(group, 'SCOORD3D')[0]?.value as [string, number[]])
  expect(regions.map(([type]) => type)).toEqual(['ELLIPSE', 'POLYGON', 'POINT', 'POINT', 'POLYGON'])
  expect(regions[0]?.[1]).toEqual([10, 11, 30, 10, 29, 30, 6, 20, 30, 14, 20, 30])
  const closed = [...outline, outline[0]!].flat()
  const off = closed.map((mm, n) => Math.abs(mm - (regions[1]?.[1][n] ?? Number.NaN)))
  expect(Math.max(...off)).toBeLessThan(1e-4)
})

it('[OUT-1] a region has its mean, deviation, extremes and area, each in its unit', () => {
  const read = (quantity: string, unit: string) => [
    [quantity, 43.25, unit, 'Mean'],
    [quantity, 12.5, unit, 'Standard Deviation'],
    [quantity, -12, unit, 'Minimum'],
    [quantity, 101, unit, 'Maximum'],
    ['Area', 235.5, 'mm2'],
  ]
  expect(numbersOf(groups[0])).toEqual(read('Attenuation Coefficient', "[hnsf'U]"))
  expect(numbersOf(groups[1])).toEqual(read('Stored value of an image', "[arb'U]"))
})

it('[OUT-1] a probe has its one value; a region of which nothing was read has its area', () => {
  expect(numbersOf(groups[2])).toEqual([['SUVbw', 43.25, 'g/ml{SUVbw}']])
  expect(numbersOf(groups[3])).toEqual([['Nuclear Medicine Tomographic Activity', 43.25, 'Bq/ml']])
  expect(numbersOf(groups[4])).toEqual([['Area', expect.closeTo(areaOf(outline), 2), 'mm2']])
})

/** By the two triangles of the quadrilateral. */
function areaOf([a, b, c, d]: readonly Vec3[]): number {
  const half = (p: Vec3, q: Vec3, r: Vec3) => {
    const [u, v] = [q, r].map((end) => end.map((mm, axis) => mm - p[axis]!))
    const [ux, uy, uz] = u as unknown as Vec3
    const [vx, vy, vz] = v as unknown as Vec3
    return Math.hypot(uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx) / 2
  }
  return half(a!, b!, c!) + half(a!, c!, d!)
}
