import { describe, expect, it } from 'vitest'
import { transform, transformPoint, type Vec3 } from '../geometry/transform.ts'
import { cross, dot, length, normalize, subtract } from '../geometry/vector.ts'
import { enclosedBy, type FractionMap, heldMm3, type Surface } from './surface.ts'
import { coarser, cropped } from './surface-crop.ts'
import { countTriangles, surfaceOf } from './surface-nets.ts'

/** Turned about two axes; steps of 0.8, 1 and 1.4 mm; sheared as a tilted gantry shears. */
const oblique = [
  0.7042, -0.3894, 0.4007, -60.2, 0.2977, 0.9211, 0.5094, -71.4, -0.2364, 0, 1.2403, 33.3, 0, 0, 0,
  1,
]
const mirrored = oblique.map((value, n) => (n % 4 === 0 && n < 12 ? -value : value))
const dims: Vec3 = [78, 72, 60]

type Inside = (pointMm: Vec3) => number

/** Each voxel's share of what is inside, from 5³ places in it; whole voxels where not `fractional`. */
function phantom(matrix: readonly number[], inside: Inside, fractional = true): FractionMap {
  const m = transform<'patient', 'voxel'>(matrix)
  const parts = fractional ? 5 : 1
  const data = new Uint8Array(dims[0] * dims[1] * dims[2])
  let n = 0
  const offsets = Array.from({ length: parts }, (_, part) => (part + 0.5) / parts - 0.5)
  for (let k = 0; k < dims[2]; k++) {
    for (let j = 0; j < dims[1]; j++) {
      for (let i = 0; i < dims[0]; i++) {
        const reach = inside(transformPoint(m, [i, j, k]))
        // Beyond a voxel's half diagonal from the surface all of it is on one side.
        if (Math.abs(reach) > 2 || !fractional) data[n++] = reach > 0 ? 255 : 0
        else {
          let hits = 0
          for (const z of offsets)
            for (const y of offsets)
              for (const x of offsets)
                if (inside(transformPoint(m, [i + x, j + y, k + z])) > 0) hits++
          data[n++] = Math.round((255 * hits) / parts ** 3)
        }
      }
    }
  }
  return { dims, patientFromVoxel: matrix, data }
}

const middleOf = (matrix: readonly number[]) =>
  transformPoint(transform<'patient', 'voxel'>(matrix), [38.3, 35.1, 29.6])
/** How far a point lies inside a ball, mm. */
const ball =
  (centre: Vec3, radiusMm: number): Inside =>
  (p) =>
    radiusMm - length(subtract(p, centre))
/** Half-axes 24, 16 and 12 mm along the patient's axes; about how far inside. */
const ellipsoid =
  ([cx, cy, cz]: Vec3): Inside =>
  ([x, y, z]) =>
    12 * (1 - Math.hypot((x - cx) / 24, (y - cy) / 16, (z - cz) / 12))

function surfaceFrom(map: FractionMap): Surface {
  const part = cropped(map)
  if (!part) throw new Error('the phantom is empty')
  return surfaceOf(part)
}

const cornerOf = ({ positions }: Surface, n: number): Vec3 => [
  positions[3 * n]!,
  positions[3 * n + 1]!,
  positions[3 * n + 2]!,
]

/** Edges that are not run through once in each direction. */
function openEdges({ indices }: Surface): number {
  const runs = new Map<string, number>()
  for (let n = 0; n < indices.length; n += 3) {
    for (let side = 0; side < 3; side++) {
      const [a, b] = [indices[n + side]!, indices[n + ((side + 1) % 3)]!]
      const key = a < b ? `${a} ${b}` : `${b} ${a}`
      runs.set(key, (runs.get(key) ?? 0) + (a < b ? 1 : -1))
    }
  }
  return [...runs.values()].filter((count) => count !== 0).length
}

describe('[CASE-8] the surface of a segment', () => {
  for (const [name, matrix] of [
    ['an oblique, sheared', oblique],
    ['a mirrored', mirrored],
  ] as const) {
    const centre = middleOf(matrix)

    it(`encloses a ball and an ellipsoid within 0.2 % in ${name} volume`, () => {
      for (const [inside, volumeMm3] of [
        [ball(centre, 18), (4 / 3) * Math.PI * 18 ** 3],
        [ellipsoid(centre), (4 / 3) * Math.PI * 24 * 16 * 12],
      ] as const) {
        const enclosed = enclosedBy(surfaceFrom(phantom(matrix, inside)))
        expect(Math.abs(enclosed.volumeMm3 / volumeMm3 - 1)).toBeLessThan(0.002)
        expect(length(subtract(enclosed.centreMm, centre))).toBeLessThan(0.05)
      }
    })

    it(`is closed, turned outwards, and lies on a ball’s own surface in ${name} volume`, () => {
      const surface = surfaceFrom(phantom(matrix, ball(centre, 18)))
      expect(openEdges(surface)).toBe(0)
      let furthest = 0
      let worstNormal = 1
      for (let n = 0; 3 * n < surface.positions.length; n++) {
        const out = subtract(cornerOf(surface, n), centre)
        furthest = Math.max(furthest, Math.abs(length(out) - 18))
        const normal = surface.normals.subarray(3 * n, 3 * n + 3)
        worstNormal = Math.min(
          worstNormal,
          dot(normalize(out), [normal[0]!, normal[1]!, normal[2]!]),
        )
      }
      expect(furthest).toBeLessThan(0.2)
      expect(worstNormal).toBeGreaterThan(0.98)
      for (let n = 0; n < surface.indices.length; n += 3) {
        const [a, b, c] = [0, 1, 2].map((side) => cornerOf(surface, surface.indices[n + side]!))
        const outwards = cross(subtract(b!, a!), subtract(c!, a!))
        expect(dot(outwards, subtract(a!, centre))).toBeGreaterThanOrEqual(-1e-3)
      }
    })
  }

  it('of whole voxels holds what the voxels hold and shows no steps', () => {
    const map = phantom(oblique, ball(middleOf(oblique), 18), false)
    const surface = surfaceFrom(map)
    expect(Math.abs(enclosedBy(surface).volumeMm3 / heldMm3(map) - 1)).toBeLessThan(0.001)
    let worst = 1
    for (let n = 0; 3 * n < surface.positions.length; n++) {
      const out = normalize(subtract(cornerOf(surface, n), middleOf(oblique)))
      const [x, y, z] = surface.normals.subarray(3 * n, 3 * n + 3)
      worst = Math.min(worst, dot(out, [x!, y!, z!]))
    }
    expect(worst).toBeGreaterThan(0.95)
  })

  it('keeps a single voxel, a thread of voxels and what touches the volume’s edge, all closed', () => {
    const data = new Uint8Array(8 * 8 * 8)
    const fill = (i: number, j: number, k: number) => {
      data[(k * 8 + j) * 8 + i] = 255
    }
    fill(2, 2, 2)
    for (let k = 0; k < 8; k++) fill(5, 5, k)
    fill(0, 0, 0)
    fill(7, 7, 7)
    const map: FractionMap = { dims: [8, 8, 8], patientFromVoxel: oblique, data }
    const surface = surfaceFrom(map)
    expect(openEdges(surface)).toBe(0)
    // One voxel has six faces, a thread of eight 34.
    expect(surface.indices.length / 3).toBe(2 * (6 + 34 + 6 + 6))
    expect(enclosedBy(surface).volumeMm3).toBeGreaterThan(0)
  })

  it('of an empty map is none', () => {
    const empty = { dims: [4, 4, 4] as Vec3, patientFromVoxel: oblique, data: new Uint8Array(64) }
    expect(cropped(empty)).toBeUndefined()
  })
})

describe('a coarser map', () => {
  it('has fewer triangles around the same volume in the same place', () => {
    const centre = middleOf(oblique)
    const part = cropped(phantom(oblique, ball(centre, 18)))!
    const half = coarser(part)
    expect(countTriangles(half)).toBeLessThan(0.45 * countTriangles(part))
    const { volumeMm3, centreMm } = enclosedBy(surfaceOf(half))
    expect(Math.abs(volumeMm3 / ((4 / 3) * Math.PI * 18 ** 3) - 1)).toBeLessThan(0.005)
    expect(length(subtract(centreMm, centre))).toBeLessThan(0.05)
    expect(openEdges(surfaceOf(coarser(half)))).toBe(0)
  })
})
