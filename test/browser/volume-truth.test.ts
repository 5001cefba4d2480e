import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { invert, transformPoint } from '../../shared/geometry/transform.ts'
import { add, dot, length, normalize, scale, subtract } from '../../shared/geometry/vector.ts'
import type { ClippingPlane } from '../../shared/volume/sampling.ts'
import type { VolumeRequest } from './pages/volume/bench-page.ts'
import { openVolumePage, type VolumePage } from './pages/volume/open-volume-page.ts'
import { asymmetric, orientationFaults } from './pages/volume/orientation.ts'
import {
  coarser,
  flatLight,
  type OrthographicView,
  obliqueDims,
  obliqueFromVoxel,
  type Phantom,
  rayOf,
  requestFor,
  views,
  whiteFrom,
} from './pages/volume/phantoms.ts'
import { Sampled, voxelAlongMm } from './pages/volume/sampled.ts'

let bench: VolumePage
beforeAll(async () => {
  bench = await openVolumePage()
})
afterAll(() => bench?.close())

const load = (request: VolumeRequest) =>
  bench.page.evaluate((asked) => window.bench.load(asked), request)

const size = 200
const oblique = { dims: obliqueDims, patientFromVoxel: obliqueFromVoxel }
/** Neither along a patient axis nor along a voxel's. */
const slanted: OrthographicView = (() => {
  const eye = normalize([0.5, 0.35, 0.9])
  const right = normalize([eye[2], 0, -eye[0]])
  const up: Vec3 = [
    eye[1] * right[2] - eye[2] * right[1],
    eye[2] * right[0] - eye[0] * right[2],
    eye[0] * right[1] - eye[1] * right[0],
  ]
  return { eye, target: [0, 0, 0], up, right, heightM: 0.2 }
})()
const everyView = { ...views, slanted }

describe('left is left', () => {
  const phantom = asymmetric(oblique)
  const look = { transferFunction: whiteFrom(500, 1), lighting: flatLight }

  for (const [name, view] of Object.entries(everyView)) {
    it(`nothing is mirrored, ${name}`, async () => {
      await load(requestFor(phantom, look))
      expect(orientationFaults(await bench.draw(view, size), view, size)).toEqual([])
    })

    it(`a volume mirrored on purpose is found out, ${name}`, async () => {
      const [ni] = phantom.dims
      const { valueAt, patientFromVoxel } = phantom
      const mirrored: Phantom = {
        ...phantom,
        valueAt: (at) => {
          const [i, j, k] = transformPoint(voxelFromPatient, at)
          return valueAt(transformPoint(patientFromVoxel, [ni - 1 - i, j, k]))
        },
      }
      await load(requestFor(mirrored, look))
      const faults = orientationFaults(await bench.draw(view, size), view, size)
      expect(faults).not.toEqual([])
    })
  }
})

describe('shape', () => {
  it('a straight rod through a sheared, uneven volume is drawn straight', async () => {
    const along = normalize([0.4, 0.5, 0.75])
    const rod: Phantom = {
      ...oblique,
      valueAt: (at) => (length(subtract(at, scale(along, dot(at, along)))) < 5 ? 1000 : 0),
    }
    await load(requestFor(rod, { transferFunction: whiteFrom(500, 1), lighting: flatLight }))
    const view = views.front
    const picture = await bench.draw(view, size)
    let rows = 0
    for (let y = 70; y < 130; y++) {
      let [sum, count] = [0, 0]
      for (let x = 0; x < size; x++) {
        if (picture.at(x, y)[0] <= 100) continue
        sum += x + 0.5
        count++
      }
      const headMm = size / 2 - (y + 0.5)
      const expected = size / 2 + (along[0] / along[2]) * headMm
      expect(Math.abs(sum / count - expected), `row ${y}`).toBeLessThan(1)
      rows++
    }
    expect(rows).toBe(60)
  })
})

describe('opacity', () => {
  it('of uneven tissue does not depend on the step, to 1 in 255 on the average', async () => {
    const veil: Phantom = {
      ...oblique,
      valueAt: (at) => 500 + 400 * Math.sin(at[0] / 6) * Math.cos(at[1] / 7) * Math.sin(at[2] / 9),
    }
    const knots = [
      { value: 100, r: 1, g: 0.2, b: 0.1, opacity: 0 },
      { value: 500, r: 0.9, g: 0.7, b: 0.3, opacity: 0.01 },
      { value: 900, r: 0.8, g: 0.9, b: 1, opacity: 0.06 },
    ]
    const drawn = async (stepVoxels: number) => {
      await load(requestFor(veil, { transferFunction: knots, lighting: flatLight, stepVoxels }))
      return (await bench.draw(slanted, size)).rgba
    }
    const fine = await drawn(0.5)
    for (const [stepVoxels, most] of [
      [1, 1],
      [2, 1],
    ] as const) {
      const other = await drawn(stepVoxels)
      let sum = 0
      for (let n = 0; n < fine.length; n++) sum += Math.abs(fine[n]! - other[n]!)
      expect(sum / fine.length, `step ${stepVoxels}`).toBeLessThan(most)
    }
  })
})

const voxelFromPatient = invert(obliqueFromVoxel)

/** Grey that climbs or falls by a sixteenth with every voxel along j. */
const stripesAt = (patientMm: Vec3) => {
  const phase = (transformPoint(voxelFromPatient, patientMm)[1] % 32) / 16
  return phase < 1 ? phase : 2 - phase
}
const striped: Phantom = { ...oblique, valueAt: (at) => 1000 * stripesAt(at) }
const stripeGreys = [
  { value: 0, r: 0, g: 0, b: 0, opacity: 1 },
  { value: 1000, r: 1, g: 1, b: 1, opacity: 1 },
]
const inVoxels = (patientMm: Vec3) =>
  transformPoint(voxelFromPatient, patientMm).every(
    (part, axis) => part > 1 && part < obliqueDims[axis]! - 2,
  )

/** Of planes that keep dot(normal, p) >= offset, where the kept part of a ray begins and ends. */
function keptStretch(
  { originMm, direction }: { originMm: Vec3; direction: Vec3 },
  planes: readonly ClippingPlane[],
): { from: number; to: number } {
  let [from, to] = [0, 4000]
  for (const { normal, offsetMm } of planes) {
    const climb = dot(normal, direction)
    const depth = offsetMm - dot(normal, originMm)
    // Along a face a ray is on one side of it or the other.
    if (Math.abs(climb) < 1e-9) to = depth > 0 ? from : to
    else if (climb > 0) from = Math.max(from, depth / climb)
    else to = Math.min(to, depth / climb)
  }
  return { from, to }
}

/**
 * Wherever a ray meets the cut inside the volume, the colour is that of the very voxel there: it
 * may be read up to half a step behind the cut. Answers how many pixels were looked at.
 */
async function expectCutFaces(planes: readonly ClippingPlane[], view: OrthographicView) {
  const picture = await bench.draw(view, size)
  let checked = 0
  for (let y = 1; y < size; y += 2) {
    for (let x = 1; x < size; x += 2) {
      const ray = rayOf([x, y], view, size)
      const { from, to } = keptStretch(ray, planes)
      const at = add(ray.originMm, scale(ray.direction, from))
      if (to - from < 6 || !inVoxels(at)) continue
      const stepMm = voxelAlongMm(voxelFromPatient, ray.direction)
      const deeper = add(at, scale(ray.direction, 0.6 * stepMm))
      const greys = [255 * stripesAt(at), 255 * stripesAt(deeper)]
      const seen = picture.at(x, y)[0]
      // 16 greys a voxel.
      expect(seen, `${x}, ${y}`).toBeGreaterThan(Math.min(...greys) - 6)
      expect(seen, `${x}, ${y}`).toBeLessThan(Math.max(...greys) + 6)
      checked++
    }
  }
  return checked
}

describe('what is cut', () => {
  const look = { transferFunction: stripeGreys, lighting: flatLight }

  for (const [name, view] of Object.entries(everyView)) {
    it(`by planes shows the voxels at the cut themselves, ${name}`, async () => {
      await load(requestFor(striped, look))
      const towardsEye = scale(rayOf([0, 0], view, size).direction, -1)
      const planes: ClippingPlane[] = [
        { normal: scale(add(towardsEye, [0.2, -0.1, 0.15]), -1), offsetMm: -7.3 },
        { normal: [0.9, 0.1, 0.3], offsetMm: -30 },
      ]
      await bench.page.evaluate((p) => window.bench.setPlanes(p), planes)
      expect(await expectCutFaces(planes, view)).toBeGreaterThan(500)
    })

    it(`by a box shows the voxels at its faces, and nothing outside it, ${name}`, async () => {
      await load(requestFor(striped, look))
      const [minMm, maxMm]: [Vec3, Vec3] = [
        [-17.4, -20.2, -15.7],
        [22.8, 14.9, 18.3],
      ]
      await bench.page.evaluate((box) => window.bench.renderer.setCropBox(box), { minMm, maxMm })
      const faces = ([0, 1, 2] as const).flatMap((axis) => {
        const unit = [0, 1, 2].map((n) => (n === axis ? 1 : 0)) as unknown as Vec3
        return [
          { normal: unit, offsetMm: minMm[axis] },
          { normal: scale(unit, -1), offsetMm: -maxMm[axis] },
        ]
      })
      expect(await expectCutFaces(faces, view)).toBeGreaterThan(250)
      const picture = await bench.draw(view, size)
      for (let y = 1; y < size; y += 2) {
        for (let x = 1; x < size; x += 2) {
          const { from, to } = keptStretch(rayOf([x, y], view, size), faces)
          if (from < to) continue
          expect(picture.at(x, y), `${x}, ${y}`).toEqual([0, 0, 0])
        }
      }
      await bench.page.evaluate(() => window.bench.renderer.setCropBox(undefined))
      expect((await bench.draw(view, size)).greatestDifference(picture)).toBeGreaterThan(100)
    })
  }
})

/** Hills and hollows many voxels wide: a ray's samples come near enough to their tops. */
const hills: Phantom = {
  ...oblique,
  valueAt: ([x, y, z]) =>
    500 +
    300 * Math.exp(-((x - 10) ** 2 + (y + 5) ** 2 + (z - 8) ** 2) / 600) -
    400 * Math.exp(-((x + 16) ** 2 + (y - 9) ** 2 + (z + 12) ** 2) / 500),
}
const grey = { windowCenter: 500, windowWidth: 1000 }

describe('projections', () => {
  const padding = -2000
  const padded: Phantom = {
    ...hills,
    valueAt: (at) => (at[2] > 30 || at[0] < -38 ? padding : hills.valueAt(at)),
  }

  for (const renderMode of ['mip', 'minip'] as const) {
    for (const [name, view] of Object.entries(everyView)) {
      it(`${renderMode} is the ${renderMode === 'mip' ? 'greatest' : 'least'} value of a ray, ${name}`, async () => {
        await load(requestFor(hills, { renderMode, window: grey, transferFunction: stripeGreys }))
        const picture = await bench.draw(view, size)
        const sampled = new Sampled(hills)
        let [checked, worst] = [0, 0]
        for (let y = 2; y < size; y += 7) {
          for (let x = 2; x < size; x += 7) {
            const { originMm, direction } = rayOf([x, y], view, size)
            const near = add(originMm, scale(direction, 900))
            const values = [...sampled.along(near, direction, 0.2, 200)]
            if (values.length < 40) continue
            const value = (renderMode === 'mip' ? Math.max : Math.min)(...values)
            worst = Math.max(worst, Math.abs(picture.at(x, y)[0] - 255 * (value / 1000)))
            checked++
          }
        }
        expect(checked).toBeGreaterThan(60)
        expect(worst).toBeLessThanOrEqual(1.5)
      })
    }

    it(`${renderMode} does not count padding`, async () => {
      await load(
        requestFor(padded, { renderMode, window: grey, transferFunction: stripeGreys }, padding),
      )
      const picture = await bench.draw(views.front, size)
      // Rays that pass through tissue and rays through nothing but padding.
      const sampled = new Sampled(padded)
      for (const [x, y] of [
        [100, 100],
        [80, 110],
        [120, 90],
      ] as const) {
        const { originMm, direction } = rayOf([x, y], views.front, size)
        const values = [...sampled.along(add(originMm, scale(direction, 900)), direction, 0.2, 200)]
        const tissue = values.filter((value) => value >= 100)
        const value = (renderMode === 'mip' ? Math.max : Math.min)(...tissue)
        expect(Math.abs(picture.at(x, y)[0] - 255 * (value / 1000))).toBeLessThanOrEqual(3)
      }
      expect(picture.at(100, 60)).toEqual([0, 0, 0])
    })
  }
})

/** A ball and a wall behind it, whose values fall through 500 at their surfaces. */
const [ballCentre, ballRadiusMm]: [Vec3, number] = [[3, -4, 5], 17]
const wall = { normal: normalize([0.2, -1, 0.15]), offsetMm: -20 }
const outside = (at: Vec3): number =>
  Math.min(length(subtract(at, ballCentre)) - ballRadiusMm, dot(wall.normal, at) - wall.offsetMm)
const solid: Phantom = {
  ...oblique,
  valueAt: (at) => Math.round(Math.min(1000, Math.max(0, 500 - 60 * outside(at)))),
}

describe('where tissue begins', () => {
  it('an isosurface is met within half a voxel of where it is', async () => {
    await load(requestFor(solid, { renderMode: 'isosurface', isoValue: 500, probe: 'depth' }))
    for (const view of [views.front, slanted]) {
      const picture = await bench.draw(view, size)
      let met = 0
      for (let y = 60; y < 140; y += 3) {
        for (let x = 60; x < 140; x += 3) {
          const [low, middle, high] = picture.at(x, y)
          const mm = (low + 256 * middle + 65536 * high) / 10
          if (mm === 0) continue
          const { originMm, direction } = rayOf([x, y], view, size)
          const at = add(originMm, scale(direction, mm))
          if (!inVoxels(at) || grazes(at, direction)) continue
          const voxelMm = voxelAlongMm(voxelFromPatient, direction)
          expect(Math.abs(alongRay(at, direction)), `${x}, ${y}`).toBeLessThan(voxelMm / 2)
          met++
        }
      }
      expect(met).toBeGreaterThan(150)
    }
  })

  for (const factor of [1, 2, 4]) {
    it(`[MARK-2] a pointer meets a ball and a wall within half a voxel, voxels ${factor} × as long`, async () => {
      const level = coarser(solid, factor)
      await load(requestFor(level, { transferFunction: whiteFrom(500, 1) }))
      const levelFromPatient = invert(level.patientFromVoxel)
      let met = 0
      for (const view of [views.front, slanted]) {
        for (let y = 60; y < 140; y += 5) {
          for (let x = 60; x < 140; x += 5) {
            const { originMm, direction } = rayOf([x, y], view, size)
            const at = await bench.page.evaluate(
              ([from, towards]) => window.bench.renderer.firstVisiblePoint(from, towards),
              [originMm, direction] as const,
            )
            if (!at || !inVoxels(at) || grazes(at, direction)) continue
            const voxelMm = voxelAlongMm(levelFromPatient, direction)
            expect(Math.abs(alongRay(at, direction)), `${x}, ${y}`).toBeLessThan(voxelMm / 2)
            met++
          }
        }
      }
      expect(met).toBeGreaterThan(60)
    })
  }
})

/** Where a surface is nearly along the ray, or two of them meet, a step sideways is a mile in depth. */
function grazes(at: Vec3, direction: Vec3): boolean {
  const [ball, plane] = [
    length(subtract(at, ballCentre)) - ballRadiusMm,
    dot(wall.normal, at) - wall.offsetMm,
  ]
  if (Math.abs(ball - plane) < 8) return true
  const normal = ball < plane ? normalize(subtract(at, ballCentre)) : wall.normal
  return Math.abs(dot(normal, direction)) < 0.5
}

/** Mm from `at` along the ray to the nearest analytic surface. */
function alongRay(at: Vec3, direction: Vec3): number {
  let mm = 0
  for (let n = 0; n < 40; n++) {
    const here = outside(add(at, scale(direction, mm)))
    const next = outside(add(at, scale(direction, mm + 1e-3)))
    mm -= here / ((next - here) / 1e-3)
  }
  return mm
}
