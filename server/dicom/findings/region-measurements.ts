import { regionArea } from '../../../shared/findings/mark-words.ts'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { scale, subtract } from '../../../shared/geometry/vector.ts'
import { codes, valueCodes } from './code.ts'
import { code, number, type Points } from './content-item.ts'
import type { DataSet } from './data-set.ts'
import type { PlacedMark } from './place-mark.ts'

/** Where a mark is, as PS3.3 C.18.9.1.2 draws it; undefined without a frame of reference. */
export function regionPoints({ mark, frameOfReferenceUID }: PlacedMark): Points | undefined {
  if (frameOfReferenceUID === undefined) return undefined
  const { kind, pointsMm } = mark
  const [centre, endA, endB] = pointsMm
  if (kind === 'ellipse' && centre && endA && endB) {
    // the longer axis first
    const axes = [endA, endB].map((end) => [opposite(centre, end), end] as const)
    const ends = axes.toSorted((a, b) => distance(b) - distance(a)).flat()
    return { frameOfReferenceUID, graphicType: 'ELLIPSE', pointsMm: ends }
  }
  if (kind === 'freehand') {
    const outline = [...pointsMm, ...pointsMm.slice(0, 1)]
    return { frameOfReferenceUID, graphicType: 'POLYGON', pointsMm: outline }
  }
  const graphicType = pointsMm.length === 1 ? 'POINT' : 'POLYLINE'
  return { frameOfReferenceUID, graphicType, pointsMm }
}

/** TID 1419: the value of a place, or what a region holds, and the region's area. */
export function valueNumbers({ mark, modality }: PlacedMark): readonly DataSet[] {
  const { kind, pointsMm, measured } = mark
  const isRegion = kind === 'ellipse' || kind === 'freehand'
  const areaMm2 = measured?.areaMm2 ?? regionArea(kind, pointsMm)
  const area = isRegion ? [number(codes.area, areaMm2, codes.squareMillimetre, [])] : []
  if (!measured) return area
  const { quantity, unit } = valueCodes(measured.unit, modality)
  if (!isRegion) return [number(quantity, measured.mean, unit, [])]
  const derived = [
    [codes.mean, measured.mean],
    [codes.standardDeviation, measured.standardDeviation],
    [codes.minimum, measured.min],
    [codes.maximum, measured.max],
  ] as const
  return [
    ...derived.map(([derivation, value]) =>
      number(quantity, value, unit, [code('HAS CONCEPT MOD', codes.derivation, derivation)]),
    ),
    ...area,
  ]
}

const opposite = (centre: Vec3, end: Vec3): Vec3 => subtract(scale(centre, 2), end)
const distance = ([from, to]: readonly [Vec3, Vec3]): number => Math.hypot(...subtract(to, from))
