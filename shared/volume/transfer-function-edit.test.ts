import { describe, expect, it } from 'vitest'
import { curve as curveSchema } from '../conference/looks.ts'
import { presets } from './presets.ts'
import { transferAt, transferFunctionOf } from './transfer-function.ts'
import {
  curveAt,
  heightOfOpacity,
  opacityAtHeight,
  sameCurve,
  withNewPoint,
  withoutPoint,
  withPoint,
} from './transfer-function-edit.ts'

const p = (at: number, opacity: number, r = 0.5) => ({ at, r, g: 0.25, b: 0, opacity })
const curve = [p(0, 0), p(0.4, 0.1), p(0.4, 0.5), p(1, 0.9)]

describe('a curve changed by hand', () => {
  it('[CASE-3] a point that is moved stops at its neighbours, at the bounds, and at an opacity of 0 and 1', () => {
    expect(withPoint(curve, 1, { at: 0.7, opacity: 2 })[1]).toEqual(p(0.4, 1))
    expect(withPoint(curve, 1, { at: -3 })[1]?.at).toBe(0)
    expect(withPoint(curve, 0, { at: -9, opacity: -1 }, [-0.2, 1.2])[0]).toEqual(p(-0.2, 0))
    expect(withPoint(curve, 3, { at: 9 }, [-0.2, 1.2])[3]?.at).toBe(1.2)
    expect(withPoint(curve, 3, { r: 1 })).toEqual([...curve.slice(0, 3), p(1, 0.9, 1)])
  })

  it('a new point changes nothing until it is moved', () => {
    for (const { curve } of presets) {
      for (const at of [-0.3, 0.123, 0.35, 0.71, 1.4]) {
        const { curve: more, index } = withNewPoint(curve, at)
        expect(more).toHaveLength(curve.length + 1)
        expect(more[index]?.at).toBe(at)
        for (const x of [-0.5, 0.1, 0.2, 0.4, 0.6, 0.9, 1.6]) {
          expect(curveAt(more, x).opacity).toBeCloseTo(curveAt(curve, x).opacity, 9)
          expect(curveAt(more, x).g).toBeCloseTo(curveAt(curve, x).g, 9)
        }
      }
    }
  })

  it('reads as the transfer function does that the renderer is given, steps included', () => {
    const window = { windowCenter: 40, windowWidth: 400 }
    for (const at of [-1, 0, 0.2, 0.3999, 0.4, 0.5, 1, 3]) {
      const { r, g, b, opacity } = curveAt(curve, at)
      const value = window.windowCenter + (at - 0.5) * window.windowWidth
      const expected = transferAt(transferFunctionOf(curve, window), value)
      for (const [n, part] of [r, g, b, opacity].entries()) {
        expect(part).toBeCloseTo(expected[n] ?? Number.NaN, 9)
      }
    }
  })

  it('keeps two points, and stays one that the conference takes', () => {
    expect(withoutPoint(curve, 2)).toHaveLength(3)
    expect(withoutPoint([p(0, 0), p(1, 1)], 0)).toHaveLength(2)
    expect(curveSchema.safeParse(withNewPoint(curve, 0.4).curve).success).toBe(true)
    expect(curveSchema.safeParse(withPoint(curve, 2, { at: 0.1, opacity: 7 })).success).toBe(true)
  })

  it('is the same only where every part of every point is', () => {
    expect(sameCurve(curve, structuredClone(curve))).toBe(true)
    expect(sameCurve(curve, withPoint(curve, 1, { b: 0.1 }))).toBe(false)
    expect(sameCurve(curve, curve.slice(1))).toBe(false)
  })
})

it('an opacity’s height gives small ones room, and leads back to it', () => {
  expect(heightOfOpacity(0.01)).toBeCloseTo(0.1)
  for (const opacity of [0, 0.004, 0.3, 1]) {
    expect(opacityAtHeight(heightOfOpacity(opacity))).toBeCloseTo(opacity, 12)
  }
  expect(opacityAtHeight(1.3)).toBe(1)
})
