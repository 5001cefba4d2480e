import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { angleDegrees, distance } from '../../shared/geometry/measure.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { add, scale } from '../../shared/geometry/vector.ts'
import { heldSpace } from '../../test/support/held-space.ts'
import { until } from '../../test/support/until.ts'
import type { MarkPreview, PointerAt, StageSpace } from '../scene/stage-space.ts'
import type { ToolId } from '../scene/tool-id.ts'
import { movedPoints } from './correct.ts'
import { Keys } from './keys.ts'
import { tools } from './tool-table.ts'

let held: ReturnType<typeof heldSpace>
let space: StageSpace
let previews: (MarkPreview | undefined)[]
let notices: string[]
/** A wall of tissue 900 mm from the eye, left of x = 600. */
const wallMm = 900

beforeEach(() => {
  held = heldSpace()
  previews = []
  notices = []
  const wall = (at: PointerAt): Vec3 => {
    const { origin, direction } = held.space.patientRay(at.x, at.y)
    return add(origin, scale(direction, wallMm))
  }
  const pixelOf = (origin: Vec3, direction: Vec3) => {
    const far = add(origin, scale(direction, wallMm))
    return held.space.camera.project(held.space.patient.toWorld(far), held.space.viewport())
  }
  space = {
    ...held.space,
    firstVisible: ({ origin, direction }) => {
      const seen = pixelOf(origin, direction)
      return seen && seen.x < 600 ? wall(seen) : undefined
    },
    previewMark: (mark) => previews.push(mark),
    notice: (text) => notices.push(text),
    values: () => ({
      manifest: {
        unit: 'Bq/ml',
        suvbwFactor: 0.001,
      } as NonNullable<ReturnType<NonNullable<StageSpace['values']>>>['manifest'],
      region: async () => undefined,
      valueAt: async ([x]) => (Number.isFinite(x) ? 4200 : undefined),
    }),
  }
})
afterEach(() => held.dispose())

const hit = (x: number, y: number): Vec3 => {
  const { origin, direction } = held.space.patientRay(x, y)
  return add(origin, scale(direction, wallMm))
}
const marks = () => held.space.session.getSnapshot().annotations
const keysFor = (tool: ToolId) => {
  const keys = new Keys(space, () => tools[tool])
  return (key: string, times = 1) => {
    for (let n = 0; n < times; n++) {
      keys.press({ key, altKey: false, shiftKey: false, ctrlKey: false, metaKey: false })
    }
  }
}

describe('measuring on the tissue', () => {
  it('[MARK-4] a length goes from tissue to tissue by one drag', () => {
    const stroke = tools.length.begin(space, { x: 300, y: 300 })
    stroke?.move({ x: 350, y: 250 })
    expect(stroke?.onward?.({ x: 420, y: 200 })).toBeUndefined()
    stroke?.end({ x: 420, y: 200 })
    const [mark] = marks()
    expect(mark).toMatchObject({ kind: 'length' })
    expect(distance(mark!.pointsMm[0]!, hit(300, 300))).toBeLessThan(1e-6)
    expect(distance(mark!.pointsMm[1]!, hit(420, 200))).toBeLessThan(1e-6)
    expect(previews.at(-1)).toBeUndefined()
  })

  it('[MARK-4] beside the tissue its end is as deep as its beginning', () => {
    const stroke = tools.length.begin(space, { x: 400, y: 300 })
    stroke?.end({ x: 700, y: 300 })
    const [from, to] = marks()[0]!.pointsMm
    const { camera, patient } = held.space
    const depth = (pointMm: Vec3) => {
      const [x, y, z] = patient.toWorld(pointMm)
      return [0, 1, 2].reduce(
        (sum, axis) => sum + ([x, y, z][axis]! - camera.eye[axis]!) * camera.forward[axis]!,
        0,
      )
    }
    expect(depth(to!)).toBeCloseTo(depth(from!), 9)
    const seen = camera.project(patient.toWorld(to!), held.space.viewport())
    expect(seen?.x).toBeCloseTo(700, 6)
  })

  it('[MARK-4] [XR-2] a length by keys: Enter at both ends', () => {
    const press = keysFor('length')
    press('Enter')
    expect(previews.at(-1)?.pointsMm).toHaveLength(1)
    press('ArrowLeft', 5)
    expect(previews.at(-1)?.pointsMm).toHaveLength(2)
    press('Enter')
    expect(distance(marks()[0]!.pointsMm[1]!, hit(340, 300))).toBeLessThan(1e-6)
  })

  it('[MARK-4] an angle: one arm dragged, the other pressed; or by keys, three presses', () => {
    const dragged = tools.angle.begin(space, { x: 500, y: 300 })
    const second = dragged?.onward?.({ x: 400, y: 300 })
    expect(marks()).toEqual([])
    second?.move({ x: 420, y: 220 })
    expect(second?.onward?.({ x: 400, y: 200 })).toBeUndefined()
    second?.end({ x: 400, y: 200 })
    const [a, b, c] = marks()[0]!.pointsMm
    expect(angleDegrees(a!, b!, c!)).toBeCloseTo(
      angleDegrees(hit(500, 300), hit(400, 300), hit(400, 200)),
      9,
    )
    const press = keysFor('angle')
    press('Enter')
    press('ArrowLeft', 4)
    press('Enter')
    press('ArrowUp', 6)
    press('Enter')
    expect(marks()[1]).toMatchObject({ kind: 'angle' })
    expect(distance(marks()[1]!.pointsMm[2]!, hit(352, 228))).toBeLessThan(1e-6)
  })

  it('[MARK-4] a probe reads its value, in SUV where it is known', async () => {
    tools.probe.begin(space, { x: 200, y: 100 })?.end({ x: 200, y: 100 })
    expect(previews.at(-1)?.text).toBe('measuring…')
    await until('the probe', () => marks().length === 1, 2000)
    expect(marks()[0]?.measured).toMatchObject({ unit: 'SUV', mean: expect.closeTo(4.2, 9) })
  })

  it('[MARK-4] a region says where it is drawn, and air that there is nothing to mark', () => {
    tools.ellipse.begin(space, { x: 300, y: 300 })
    tools.length.begin(space, { x: 700, y: 300 })
    expect(notices).toEqual([
      'An ellipse lies in a slice: draw it on one.',
      'There is no tissue here to mark: press on the volume.',
    ])
  })

  it('[MARK-4] a new length begins at the end of another where that is not dragged', () => {
    tools.length.begin(space, { x: 300, y: 300 })?.end({ x: 420, y: 200 })
    const second = tools.length.begin(space, { x: 421, y: 200 })?.onward?.({ x: 421, y: 201 })
    expect(second?.onward?.({ x: 500, y: 400 })).toBeUndefined()
    second?.end({ x: 500, y: 400 })
    expect(held.asked.map(({ type }) => type)).toEqual(['addAnnotation', 'addAnnotation'])
  })

  it('[MARK-4] an end is taken where it is seen, and dragged to other tissue', async () => {
    tools.length.begin(space, { x: 300, y: 300 })?.end({ x: 420, y: 200 })
    const { annotationId } = marks()[0]!
    const stroke = tools.angle.begin(space, { x: 423, y: 203 })
    stroke?.move({ x: 500, y: 210 })
    expect(previews.at(-1)).toMatchObject({ annotationId, kind: 'length' })
    stroke?.end({ x: 500, y: 220 })
    const update = held.asked.at(-1)
    expect(update).toMatchObject({ type: 'updateAnnotation', annotationId })
    if (update?.type !== 'updateAnnotation') throw new Error('no correction')
    expect(distance(update.pointsMm![1]!, hit(500, 220))).toBeLessThan(1e-6)
    expect(previews.at(-1)).toBeDefined()
    await held.answer()
    await held.answer()
    await Promise.resolve()
    expect(previews.at(-1)).toBeUndefined()
  })
})

describe('a moved point', () => {
  const ellipse: readonly Vec3[] = [
    [10, 10, 10],
    [18, 10, 10],
    [10, 13, 10],
  ]
  it('[MARK-4] of an ellipse keeps its axes at a right angle and in their plane', () => {
    const [centre, endA, endB] = movedPoints('ellipse', ellipse, 1, [13, 14, 25])
    expect(centre).toEqual(ellipse[0])
    expect(endA).toEqual([13, 14, 10])
    expect(distance(centre!, endB!)).toBeCloseTo(3, 9)
    expect(angleDegrees(endA!, centre!, endB!)).toBeCloseTo(90, 9)
    const turned = movedPoints('ellipse', ellipse, 2, [10, 12, 10])
    expect(turned[1]).toEqual([18, 10, 10])
    expect(turned[2]).toEqual([10, 12, 10])
  })

  it('[MARK-4] of its middle, or of an outline, takes the whole along', () => {
    const shifted = [
      [11, 12, 13],
      [19, 12, 13],
      [11, 15, 13],
    ]
    expect(movedPoints('ellipse', ellipse, 0, [11, 12, 13])).toEqual(shifted)
    expect(movedPoints('freehand', ellipse, 0, [11, 12, 13])).toEqual(shifted)
    expect(movedPoints('length', ellipse.slice(0, 2), 1, [0, 0, 0])).toEqual([
      [10, 10, 10],
      [0, 0, 0],
    ])
  })
})
