import { describe, expect, it } from 'vitest'
import { presetById } from '../../../shared/volume/presets.ts'
import {
  atBounds,
  atOfX,
  type CurvePlane,
  colourOf,
  hexOf,
  linePath,
  opacityOfY,
  pointNear,
  ticks,
  windowAxis,
  xOfAt,
  yOfOpacity,
} from './curve-editor-axis.ts'

const window = { windowCenter: 40, windowWidth: 400 }
const curve = presetById('ct-soft-tissue')!.curve
const plane: CurvePlane = { axis: windowAxis(window, curve), window, width: 280, height: 150 }

describe('the drawing of a curve', () => {
  it('leads from a place to a value and an opacity, and back', () => {
    for (const { at, opacity } of curve) {
      expect(atOfX(plane, xOfAt(plane, at))).toBeCloseTo(at, 9)
      expect(opacityOfY(plane, yOfOpacity(plane, opacity))).toBeCloseTo(opacity, 9)
    }
    const [low, high] = atBounds(plane)
    expect(xOfAt(plane, low)).toBeCloseTo(0)
    expect(xOfAt(plane, high)).toBeCloseTo(280)
    expect(opacityOfY(plane, -50)).toBe(1)
    expect(opacityOfY(plane, 500)).toBe(0)
  })

  it('shows the window with a margin, and points beyond it', () => {
    expect(plane.axis).toEqual({ low: -240, high: 320 })
    const far = [{ ...curve[0]!, at: -2 }, ...curve.slice(1)]
    expect(windowAxis(window, far).low).toBe(-960)
  })

  it('finds the nearest of points that lie close together, and none out of reach', () => {
    const near = [0.5, 0.52].map((at) => ({ at, r: 0, g: 0, b: 0, opacity: 0.25 }))
    const y = yOfOpacity(plane, 0.25)
    expect(pointNear(plane, near, [xOfAt(plane, 0.5) - 3, y], 20)).toBe(0)
    expect(pointNear(plane, near, [xOfAt(plane, 0.52) + 3, y], 20)).toBe(1)
    expect(pointNear(plane, near, [xOfAt(plane, 0.52) + 30, y], 20)).toBeUndefined()
    expect(pointNear(plane, [], [0, 0], 20)).toBeUndefined()
  })

  it('passes through every point and from edge to edge', () => {
    const path = linePath(plane, curve)
    for (const { at, opacity } of curve) {
      const place = `${xOfAt(plane, at).toFixed(1)} ${yOfOpacity(plane, opacity).toFixed(1)}`
      expect(path).toContain(place)
    }
    expect(path).toMatch(/^M0\.0 /)
    expect(path).toMatch(/L280\.0 \S+$/)
  })
})

it('a colour is the same after it was written as CSS', () => {
  expect(hexOf({ r: 1, g: 0.5, b: 0 })).toBe('#ff8000')
  for (const hex of ['#000000', '#4cc2ff', '#ffffff']) expect(hexOf(colourOf(hex))).toBe(hex)
})

it('an axis is marked at round values, in the unit that people read', () => {
  expect(ticks({ low: -240, high: 320 }, 1)).toEqual([-200, 0, 200])
  expect(ticks({ low: 0, high: 50_000 }, 0.0002)).toEqual([0, 5, 10])
})
