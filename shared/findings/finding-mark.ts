import {
  type AnnotationKind,
  annotationKinds,
  hasPointsOf,
  type Measured,
} from '../conference/marks.ts'
import { angleDegrees, distance } from '../geometry/measure.ts'
import type { Vec3 } from '../geometry/transform.ts'

export type FindingKind = AnnotationKind

/** A mark of a conference as it goes out. */
export interface FindingMark {
  readonly annotationId: string
  readonly volumeId: string
  readonly kind: FindingKind
  /** Patient mm, as `shared/conference/marks.ts` says for each kind. */
  readonly pointsMm: readonly Vec3[]
  readonly text?: string
  /** Of a probe or a region. */
  readonly measured?: Measured
  readonly authorName: string
  readonly atMs: number
}

export type Measurement =
  | { readonly quantity: 'length'; readonly valueMm: number }
  | { readonly quantity: 'angle'; readonly valueDegrees: number }

/** Undefined where the kind is not ours or has other points: such a mark cannot go out. */
export function findingKind(kind: string, points: number): FindingKind | undefined {
  const known = annotationKinds.find((one) => one === kind)
  return known && hasPointsOf(known, points) ? known : undefined
}

/** What a mark measures, from its patient coordinates; undefined where that is no distance or angle. */
export function measurementOf({ kind, pointsMm }: FindingMark): Measurement | undefined {
  const [a, b, c] = pointsMm
  if (kind === 'length' && a && b) return { quantity: 'length', valueMm: distance(a, b) }
  if (kind === 'angle' && a && b && c) {
    return { quantity: 'angle', valueDegrees: angleDegrees(a, b, c) }
  }
  return undefined
}
