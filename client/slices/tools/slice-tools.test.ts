import { beforeEach, describe, expect, it } from 'vitest'
import { markWords } from '../../../shared/findings/mark-words.ts'
import { angleDegrees, distance, polygonArea } from '../../../shared/geometry/measure.ts'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { dot, subtract } from '../../../shared/geometry/vector.ts'
import { until } from '../../../test/support/until.ts'
import type { SliceAt } from '../slice-space.ts'
import { breakOff, SliceKeys, sliceTools } from './index.ts'
import { atVoxel, ballMm, phantomSlice } from './test-support/phantom-slice.ts'

let slice: ReturnType<typeof phantomSlice>
beforeEach(() => {
  slice = phantomSlice()
})

type ToolName = 'length' | 'angle' | 'ellipse' | 'freehand' | 'probe' | 'point' | 'arrow' | 'text'
const tool = (name: ToolName) => sliceTools[name]!
const drag = (name: ToolName, ...through: readonly [SliceAt, ...SliceAt[]]) => {
  const [from, ...rest] = through
  const stroke = tool(name).begin(slice.space, from)
  for (const at of rest) stroke?.move(at)
  stroke?.end(rest.at(-1) ?? from)
}
const press = (name: ToolName, at: SliceAt) => tool(name).begin(slice.space, at)?.end(at)
const at = (xMm: number, yMm: number): SliceAt => slice.pixelOf(slice.inPlane(xMm, yMm))
const marks = () => slice.space.session.getSnapshot().annotations
const added = (count = 1) =>
  until('the mark', () => marks().length === count && marks().at(-1), 2000)

describe('on an oblique slice of an oblique, anisotropic phantom', () => {
  it('[MARK-4] a length is true to 0.1 mm, by a drag and by two presses', async () => {
    const ends: [Vec3, Vec3] = [slice.inPlane(-20, 3), slice.inPlane(10, -37)]
    drag('length', slice.pixelOf(ends[0]), at(0, 0), slice.pixelOf(ends[1]))
    const dragged = await added()
    expect(distance(dragged.pointsMm[0]!, dragged.pointsMm[1]!)).toBeCloseTo(50, 6)
    expect(markWords(dragged)).toBe('50.0 mm')
    press('length', at(15, 15))
    tool('length').hover?.(slice.space, at(0, 20))
    expect(slice.previews.at(-1)?.pointsMm).toHaveLength(2)
    press('length', at(-15, -25))
    const pressed = await added(2)
    expect(distance(pressed.pointsMm[0]!, pressed.pointsMm[1]!)).toBeCloseTo(50, 6)
    expect(slice.previews.at(-1)).toBeUndefined()
  })

  it('[MARK-4] between two voxels of the phantom it is what their indices say', async () => {
    // both in the plane: two directions of it, brought through voxel indices and back
    const [a, b] = [slice.inPlane(12, 9), slice.inPlane(-17, -6)].map(slice.voxelOf)
    drag('length', slice.pixelOf(atVoxel(a!)), slice.pixelOf(atVoxel(b!)))
    const mark = await added()
    expect(distance(mark.pointsMm[0]!, mark.pointsMm[1]!)).toBeCloseTo(Math.hypot(29, 15), 6)
  })

  it('[MARK-4] an angle is true to 0.1°, by a drag and a press, and by three presses', async () => {
    const arm = (degrees: number): SliceAt => {
      const turn = (degrees * Math.PI) / 180
      return at(20 * Math.cos(turn), 20 * Math.sin(turn))
    }
    const degrees = ([a, b, c]: readonly Vec3[]) => angleDegrees(a!, b!, c!)
    drag('angle', arm(10), at(0, 0))
    press('angle', arm(57.3))
    expect(degrees((await added()).pointsMm)).toBeCloseTo(47.3, 6)
    press('angle', arm(100))
    press('angle', at(0.8, 0.3))
    press('angle', arm(200))
    const [a, b, c] = (await added(2)).pointsMm
    expect([a, b, c].every(Boolean)).toBe(true)
    expect(distance(b!, slice.inPlane(0.8, 0.3))).toBeLessThan(0.1)
  })

  it('[MARK-4] an ellipse reads the stored values inside it, and its area', async () => {
    drag('ellipse', at(-6, -4), at(1, 1), at(6, 4))
    const measuring = slice.previews.at(-1)
    expect(measuring?.text).toBe('measuring…')
    const { pointsMm, measured } = await added()
    const [centre, endA, endB] = pointsMm
    expect(distance(centre!, ballMm)).toBeLessThan(1e-6)
    expect(dot(subtract(endA!, centre!), subtract(endB!, centre!))).toBeCloseTo(0, 6)
    expect(measured).toMatchObject({ mean: 60, standardDeviation: 0, min: 60, max: 60, unit: 'HU' })
    expect(measured?.areaMm2).toBeCloseTo(Math.PI * 24, 6)
    expect(slice.previews.at(-1)).toBeUndefined()
  })

  it('[MARK-4] a region half in the ball reads both sides of its edge', async () => {
    drag('ellipse', at(4, -3), at(14, 3))
    const { measured } = await added()
    expect(measured?.min).toBe(-100)
    expect(measured?.max).toBe(60)
    expect(measured?.standardDeviation).toBeGreaterThan(50)
    expect(measured?.mean).toBeGreaterThan(-60)
    expect(measured?.mean).toBeLessThan(40)
  })

  it('[MARK-4] an outline is drawn by a drag, or corner by corner, and closes', async () => {
    const circle = Array.from({ length: 400 }, (_, n) => {
      const turn = (2 * Math.PI * n) / 400
      return at(7 * Math.cos(turn), 7 * Math.sin(turn))
    }) as [SliceAt, ...SliceAt[]]
    drag('freehand', ...circle)
    const drawn = await added()
    expect(polygonArea(drawn.pointsMm) / (49 * Math.PI)).toBeCloseTo(1, 2)
    expect(drawn.pointsMm.length).toBeLessThanOrEqual(256)
    expect(drawn.measured?.mean).toBeCloseTo(60, 6)
    const square: readonly [number, number][] = [
      [20, 20],
      [30, 20],
      [30, 30],
      [20, 30],
      [20, 20],
    ]
    for (const corner of square) press('freehand', at(...corner))
    const cornered = await added(2)
    expect(cornered.pointsMm).toHaveLength(4)
    expect(cornered.measured?.areaMm2).toBeCloseTo(100, 4)
    expect(cornered.measured?.mean).toBeCloseTo(-100, 6)
  })

  it('[MARK-4] a probe reads the value of its place', async () => {
    press('probe', at(0.3, 0.2))
    expect(markWords(await added())).toBe('60 HU')
    press('probe', at(13, 8))
    expect(markWords(await added(2))).toBe('−100 HU')
  })

  it('[MARK-4] where there are no values nothing is measured, and it says so', async () => {
    press('probe', at(500, 500))
    drag('ellipse', at(500, 500), at(520, 520))
    await until('both notices', () => slice.notices.length === 2, 2000)
    expect(slice.notices).toEqual([
      expect.stringMatching(/no values/),
      expect.stringMatching(/no values/),
    ])
    expect(marks()).toEqual([])
    expect(slice.previews.at(-1)).toBeUndefined()
  })

  it('[MARK-3] a point, an arrow to what was pressed, and words stand in the slice', async () => {
    press('point', at(3, 4))
    drag('arrow', at(0, 0), at(15, -10))
    press('text', at(-8, 2))
    await added(3)
    const [point, arrow, text] = marks()
    expect(distance(point!.pointsMm[0]!, slice.inPlane(3, 4))).toBeLessThan(1e-6)
    expect(distance(arrow!.pointsMm[1]!, ballMm)).toBeLessThan(1e-6)
    expect(distance(arrow!.pointsMm[0]!, slice.inPlane(15, -10))).toBeLessThan(1e-6)
    expect(text?.text).toBe('Seen before')
  })

  it('[MARK-1] the laser ends on the slice, from the side one looks from', () => {
    sliceTools.laser?.hover?.(slice.space, at(5, 5))
    const laser = slice.lasers.at(-1)
    expect(distance(laser!.end as Vec3, slice.inPlane(5, 5))).toBeLessThan(1e-6)
    expect(distance(laser!.origin as Vec3, laser!.end as Vec3)).toBeCloseTo(150, 6)
    sliceTools.laser?.away?.(slice.space)
    expect(slice.lasers.at(-1)).toBeUndefined()
  })
})

describe('an end of a mark', () => {
  it('[MARK-4] is dragged elsewhere by its author, and measured anew', async () => {
    drag('ellipse', at(-3, -3), at(3, 3))
    const { annotationId, pointsMm } = await added()
    drag('length', slice.pixelOf(pointsMm[1]!), at(5, 5), at(12, 0))
    const update = await until(
      'the correction',
      () => slice.asked.find((asked) => asked.type === 'updateAnnotation'),
      2000,
    )
    expect(update).toMatchObject({ annotationId, measured: { unit: 'HU', min: -100, max: 60 } })
    expect(distance(update.pointsMm![0]!, update.pointsMm![1]!)).toBeCloseTo(12, 6)
    expect(distance(update.pointsMm![0]!, update.pointsMm![2]!)).toBeCloseTo(3, 6)
    expect(update.measured?.areaMm2).toBeCloseTo(36 * Math.PI, 6)
    expect(slice.previews.some((mark) => mark?.annotationId === annotationId)).toBe(true)
    expect(marks()).toHaveLength(1)
  })

  it('[MARK-6] of somebody else, or in another slice, is not taken: a new mark begins', async () => {
    drag('length', at(-10, 0), at(10, 0))
    await added()
    slice.scroll(2)
    drag('length', at(10, 0), at(20, 0))
    await added(2)
    slice.scroll(0)
    slice.setView((view) => ({
      ...view,
      annotations: view.annotations.map((mark) => ({ ...mark, mine: false })),
    }))
    drag('length', at(10, 0), at(30, 0))
    await added(3)
    expect(slice.asked.map(({ type }) => type)).toEqual(Array(3).fill('addAnnotation'))
  })
})

describe('what is begun', () => {
  it('is dropped by Escape, by another tool and in another slice', async () => {
    press('length', at(0, 0))
    expect(breakOff(slice.space.session)).toBe(true)
    expect(breakOff(slice.space.session)).toBe(false)
    expect(slice.previews.at(-1)).toBeUndefined()
    press('length', at(0, 0))
    press('angle', at(10, 10))
    press('length', at(-10, 10))
    slice.scroll(5)
    drag('length', at(5, 5), at(9, 8))
    const mark = await added()
    expect(distance(mark.pointsMm[0]!, mark.pointsMm[1]!)).toBeCloseTo(5, 6)
    expect(slice.asked).toHaveLength(1)
  })

  it('[MARK-4] is drawn by keys: arrows travel, Enter presses', async () => {
    const cursors: (SliceAt | undefined)[] = []
    const keys = new SliceKeys({
      space: slice.space,
      tool: () => tool('length'),
      size: () => ({ width: 200, height: 180 }),
      showCursor: (cursor) => cursors.push(cursor),
    })
    const key = (name: string, shiftKey = false) =>
      keys.press({ key: name, shiftKey, altKey: false, ctrlKey: false, metaKey: false })
    key('Enter')
    for (let n = 0; n < 10; n++) key('ArrowRight')
    key('ArrowDown', true)
    expect(cursors.at(-1)).toEqual({ x: 140, y: 122 })
    key('Enter')
    const { pointsMm } = await added()
    expect(distance(pointsMm[0]!, pointsMm[1]!)).toBeCloseTo(0.4 * Math.hypot(40, 32), 6)
    keys.drop()
    expect(cursors.at(-1)).toBeUndefined()
  })
})
