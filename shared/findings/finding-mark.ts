import type { Vec3 } from '../geometry/transform.ts'
import { cross, dot, length, subtract } from '../geometry/vector.ts'

/** Kinds with how many points each is made of; an angle's vertex is the second of its three. */
const pointCount = { point: 1, arrow: 2, text: 1, length: 2, angle: 3 } as const
export type FindingKind = keyof typeof pointCount

/** A mark of a conference as it goes out. */
export interface FindingMark {
  readonly annotationId: string
  readonly volumeId: string
  readonly kind: FindingKind
  /** Patient mm; an arrow is [tail, head]. */
  readonly pointsMm: readonly Vec3[]
  readonly text?: string
  readonly authorName: string
  readonly atMs: number
}

export type Measurement =
  | { readonly quantity: 'length'; readonly valueMm: number }
  | { readonly quantity: 'angle'; readonly valueDegrees: number }

/** Undefined where the kind is not ours or has other points: such a mark cannot go out. */
export function findingKind(kind: string, points: number): FindingKind | undefined {
  const known = Object.hasOwn(pointCount, kind) ? (kind as FindingKind) : undefined
  return known && pointCount[known] === points ? known : undefined
}

/** What a mark measures, from its patient coordinates; undefined where it only points. */
export function measurementOf({ kind, pointsMm }: FindingMark): Measurement | undefined {
  const [a, b, c] = pointsMm
  if (kind === 'length' && a && b) {
    return { quantity: 'length', valueMm: length(subtract(b, a)) }
  }
  if (kind === 'angle' && a && b && c) {
    const [one, other] = [subtract(a, b), subtract(c, b)]
    const radians = Math.atan2(length(cross(one, other)), dot(one, other))
    return { quantity: 'angle', valueDegrees: (radians * 180) / Math.PI }
  }
  return undefined
}
