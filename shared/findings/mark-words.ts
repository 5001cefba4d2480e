import type { AnnotationKind, Measured } from '../conference/marks.ts'
import { angleDegrees, distance, ellipseArea, polygonArea } from '../geometry/measure.ts'
import type { Vec3 } from '../geometry/transform.ts'

interface Worded {
  readonly kind: AnnotationKind
  readonly pointsMm: readonly Vec3[]
  readonly text?: string | undefined
  readonly measured?: Measured | undefined
}

/**
 * A mark in words: its author's, then what it measures, as `12.3 mm`, `47.1°`, `43 HU` or
 * `mean 43 HU, SD 12, −12…101, 2.35 cm²`. Empty where it only points.
 */
export function markWords(mark: Worded): string {
  return [mark.text, figuresOf(mark)].filter(Boolean).join(' · ')
}

export const markNames: Readonly<Record<AnnotationKind, string>> = {
  point: 'Point',
  arrow: 'Arrow',
  text: 'Text',
  probe: 'Probe',
  length: 'Length',
  angle: 'Angle',
  ellipse: 'Ellipse',
  freehand: 'Outline',
}

/** What an ellipse or an outline encloses, mm². */
export function regionArea(kind: AnnotationKind, pointsMm: readonly Vec3[]): number {
  const [centre, endA, endB] = pointsMm
  if (kind !== 'ellipse') return polygonArea(pointsMm)
  return centre && endA && endB ? ellipseArea(centre, endA, endB) : 0
}

function figuresOf({ kind, pointsMm, measured }: Worded): string {
  const [a, b, c] = pointsMm
  switch (kind) {
    case 'length':
      return a && b ? `${distance(a, b).toFixed(1)} mm` : ''
    case 'angle':
      return a && b && c ? `${angleDegrees(a, b, c).toFixed(1)}°` : ''
    case 'probe':
      return measured ? valueWords(measured.mean, measured.unit) : ''
    case 'ellipse':
    case 'freehand': {
      const area = areaWords(measured?.areaMm2 ?? regionArea(kind, pointsMm))
      return measured ? `${regionWords(measured)}, ${area}` : area
    }
    default:
      return ''
  }
}

function regionWords({ mean, standardDeviation, min, max, unit }: Measured): string {
  const figure = (value: number) => figureWords(value, unit)
  return `mean ${valueWords(mean, unit)}, SD ${figure(standardDeviation)}, ${figure(min)}…${figure(max)}`
}

const valueWords = (value: number, unit: string): string => `${figureWords(value, unit)} ${unit}`

function figureWords(value: number, unit: string): string {
  const figure = value.toFixed(digitsOf(value, unit))
  return Number(figure) < 0 ? `−${figure.slice(1)}` : figure.replace('-', '')
}

/** Hounsfield units are whole numbers; of the others three figures are worth reading. */
function digitsOf(value: number, unit: string): number {
  if (unit === 'HU') return 0
  if (unit === 'SUV') return 2
  return Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
}

/** Square centimetres, or square millimetres of what is smaller than one. */
function areaWords(mm2: number): string {
  return mm2 < 100 ? `${mm2.toFixed(1)} mm²` : `${(mm2 / 100).toFixed(2)} cm²`
}
