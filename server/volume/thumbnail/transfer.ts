import type { ThumbnailScene } from './scene.ts'

/** Colour 0…1 and the fraction absorbed over 1 mm. */
interface TransferPoint {
  readonly value: number
  readonly rgb: readonly [number, number, number]
  readonly opacity: number
}

/** Skin and muscle as a warm veil over bone. */
const ctPoints: readonly TransferPoint[] = [
  { value: -400, rgb: [0.8, 0.55, 0.44], opacity: 0 },
  { value: -150, rgb: [0.86, 0.66, 0.52], opacity: 0.005 },
  { value: -20, rgb: [0.86, 0.6, 0.46], opacity: 0.006 },
  { value: 50, rgb: [0.78, 0.38, 0.29], opacity: 0.014 },
  { value: 130, rgb: [0.88, 0.62, 0.46], opacity: 0.05 },
  { value: 220, rgb: [0.95, 0.86, 0.72], opacity: 0.35 },
  { value: 700, rgb: [1, 0.98, 0.93], opacity: 0.9 },
]

const tableSize = 1024

/** Colours and opacities over equal steps of value; below `first` all is clear. */
export interface TransferTable {
  readonly first: number
  readonly perValue: number
  readonly red: Float32Array
  readonly green: Float32Array
  readonly blue: Float32Array
  readonly opacity: Float32Array
}

export function transferTable({ unit, window }: ThumbnailScene): TransferTable {
  const points =
    unit === 'HU' ? ctPoints : unit === 'Bq/ml' ? petPoints(window) : greyPoints(window)
  const first = (points[0] as TransferPoint).value
  const perValue = (tableSize - 1) / ((points.at(-1) as TransferPoint).value - first)
  const table = {
    first,
    perValue,
    red: new Float32Array(tableSize),
    green: new Float32Array(tableSize),
    blue: new Float32Array(tableSize),
    opacity: new Float32Array(tableSize),
  }
  for (let n = 0; n < tableSize; n++) {
    const value = first + n / perValue
    const above = points.findIndex((point) => point.value >= value)
    const to = points[above === -1 ? points.length - 1 : above] as TransferPoint
    const from = points[Math.max(0, points.indexOf(to) - 1)] as TransferPoint
    const t = to === from ? 0 : (value - from.value) / (to.value - from.value)
    const between = (a: number, b: number) => a + t * (b - a)
    table.red[n] = between(from.rgb[0], to.rgb[0])
    table.green[n] = between(from.rgb[1], to.rgb[1])
    table.blue[n] = between(from.rgb[2], to.rgb[2])
    table.opacity[n] = between(from.opacity, to.opacity)
  }
  return table
}

const valueAt = (
  { windowCenter, windowWidth }: ThumbnailScene['window'],
  fraction: number,
): number => windowCenter + (fraction - 0.5) * windowWidth

/** Uptake glows, the hotter the brighter, in a dim veil of the body. */
function petPoints(window: ThumbnailScene['window']): TransferPoint[] {
  const at = (fraction: number) => valueAt(window, fraction)
  return [
    { value: at(0.02), rgb: [0.3, 0.1, 0.08], opacity: 0 },
    { value: at(0.08), rgb: [0.42, 0.16, 0.1], opacity: 0.003 },
    { value: at(0.25), rgb: [0.72, 0.28, 0.08], opacity: 0.012 },
    { value: at(0.5), rgb: [0.98, 0.6, 0.16], opacity: 0.12 },
    { value: at(1), rgb: [1, 0.98, 0.9], opacity: 0.6 },
  ]
}

/** Values without a physical unit: the darkest part of the window is air, brighter is denser. */
function greyPoints(window: ThumbnailScene['window']): TransferPoint[] {
  const at = (fraction: number) => valueAt(window, fraction)
  return [
    { value: at(0.12), rgb: [0.5, 0.5, 0.52], opacity: 0 },
    { value: at(0.35), rgb: [0.66, 0.67, 0.68], opacity: 0.06 },
    { value: at(0.7), rgb: [0.85, 0.85, 0.84], opacity: 0.14 },
    { value: at(1), rgb: [1, 0.99, 0.96], opacity: 0.3 },
  ]
}
