import { ellipseArea } from '../geometry/measure.ts'
import type { Vec3 } from '../geometry/transform.ts'
import { outlineAreaMm2 } from '../volume/region.ts'
import type { AnnotationKind, Measured } from './marks.ts'
import { type Rejection, reject } from './rejection.ts'

/**
 * What is kept of the figures that came with a mark. Those of the values are taken as they were read;
 * the area follows from the points and is worked out anew. Refuses what a mark of this kind and shape
 * cannot have read.
 */
export function keptFigures(
  kind: AnnotationKind,
  pointsMm: readonly Vec3[],
  measured: Measured,
): { measured: Measured } | { rejected: Rejection } {
  const [centre, endA, endB] = pointsMm
  if (kind === 'probe') {
    const { mean, min, max, standardDeviation } = measured
    if (min !== mean || max !== mean || standardDeviation !== 0) {
      return reject('malformed-command', 'A probe reads one value.')
    }
    return { measured: { ...measured, areaMm2: 0 } }
  }
  if (kind === 'ellipse' && centre && endA && endB) {
    return { measured: { ...measured, areaMm2: ellipseArea(centre, endA, endB) } }
  }
  const areaMm2 = outlineAreaMm2(pointsMm)
  if (areaMm2 === undefined) {
    return reject(
      'malformed-command',
      'The outline crosses itself too often to be measured: draw it again.',
    )
  }
  return { measured: { ...measured, areaMm2 } }
}
