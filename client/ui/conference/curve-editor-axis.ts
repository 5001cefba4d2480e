import type { Window } from '../../../shared/conference/event.ts'
import type { Curve } from '../../../shared/conference/looks.ts'
import type { CurvePoint } from '../../../shared/volume/transfer-function.ts'
import {
  curveAt,
  heightOfOpacity,
  opacityAtHeight,
} from '../../../shared/volume/transfer-function-edit.ts'
import { along, type ValueAxis, valueAlong } from './histogram-shape.ts'

/** A drawing of a curve: values across, the root of opacity upwards; CSS pixels from its top left. */
export interface CurvePlane {
  readonly axis: ValueAxis
  readonly window: Window
  readonly width: number
  readonly height: number
}

/** Room above an opacity of 1 and below 0, so that a point there is seen whole. */
const margin = 9
const windowMargin = 0.2

/** What the window spreads out and a little more; any point of the curve that lies beyond, too. */
export function windowAxis({ windowCenter, windowWidth }: Window, curve: Curve): ValueAxis {
  const value = (at: number) => windowCenter + (at - 0.5) * windowWidth
  return {
    low: Math.min(value(-windowMargin), value(curve[0]?.at ?? 0)),
    high: Math.max(value(1 + windowMargin), value(curve.at(-1)?.at ?? 1)),
  }
}

export const valueOfAt = ({ windowCenter, windowWidth }: Window, at: number): number =>
  windowCenter + (at - 0.5) * windowWidth

export const atOfValue = ({ windowCenter, windowWidth }: Window, value: number): number =>
  (value - windowCenter) / windowWidth + 0.5

/** The part of a curve's own axis that is drawn. */
export const atBounds = ({ axis, window }: CurvePlane): [number, number] => [
  Math.max(-4, atOfValue(window, axis.low)),
  Math.min(5, atOfValue(window, axis.high)),
]

export const xOfAt = ({ axis, window, width }: CurvePlane, at: number): number =>
  along(axis, valueOfAt(window, at)) * width

export const yOfOpacity = ({ height }: CurvePlane, opacity: number): number =>
  height - margin - heightOfOpacity(opacity) * (height - 2 * margin)

export const atOfX = ({ axis, window, width }: CurvePlane, x: number): number =>
  atOfValue(window, valueAlong(axis, x / width))

export const opacityOfY = ({ height }: CurvePlane, y: number): number =>
  opacityAtHeight((height - margin - y) / (height - 2 * margin))

/** As a path's `d`: straight in opacity, and so bent in its root. */
export function linePath(plane: CurvePlane, curve: Curve): string {
  const stepPx = 3
  const xs: number[] = []
  for (let x = 0; x < plane.width; x += stepPx) xs.push(x)
  const between = [...xs, plane.width].map((x) => curveAt(curve, atOfX(plane, x)))
  const all = [...between, ...curve].sort((a, b) => a.at - b.at)
  return all
    .map(({ at, opacity }, n) => {
      const place = `${xOfAt(plane, at).toFixed(1)} ${yOfOpacity(plane, opacity).toFixed(1)}`
      return `${n === 0 ? 'M' : 'L'}${place}`
    })
    .join('')
}

/** The point nearest to a place within reach; undefined where there is none. */
export function pointNear(
  plane: CurvePlane,
  curve: Curve,
  [x, y]: readonly [number, number],
  reachPx: number,
): number | undefined {
  const distances = curve.map(({ at, opacity }) =>
    Math.hypot(xOfAt(plane, at) - x, yOfOpacity(plane, opacity) - y),
  )
  const nearest = distances.indexOf(Math.min(...distances))
  return (distances[nearest] ?? Infinity) <= reachPx ? nearest : undefined
}

/** sRGB as CSS and `input type=color` write it. */
export function hexOf({ r, g, b }: Pick<CurvePoint, 'r' | 'g' | 'b'>): string {
  const byte = (part: number) =>
    Math.round(part * 255)
      .toString(16)
      .padStart(2, '0')
  return `#${byte(r)}${byte(g)}${byte(b)}`
}

export function colourOf(hex: string): Pick<CurvePoint, 'r' | 'g' | 'b'> {
  const byte = (from: number) => Number.parseInt(hex.slice(from, from + 2), 16) / 255
  return { r: byte(1), g: byte(3), b: byte(5) }
}

/** Round values over an axis in shown units: about so many. */
export function ticks({ low, high }: ValueAxis, perStored: number, about = 4): number[] {
  const [from, to] = [low * perStored, high * perStored]
  const rough = (to - from) / about
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 5].find((n) => n * power >= rough) ?? 10)
  const found: number[] = []
  for (let n = Math.ceil(from / step); n * step <= to; n++) found.push(n * step)
  return found
}
