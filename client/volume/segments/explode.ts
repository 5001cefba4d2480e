import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { add, scale, subtract } from '../../../shared/geometry/vector.ts'

/** How far each segment moves: `explode` times the way from the middle of all centres to its own. */
export function exploded(
  segments: readonly { readonly surface: { readonly centreMm: Vec3 } }[],
  explode: number,
): Vec3[] {
  const centres = segments.map(({ surface }) => surface.centreMm)
  const middle = scale(centres.reduce(add, [0, 0, 0]), 1 / (centres.length || 1))
  return centres.map((centre) => scale(subtract(centre, middle), explode))
}
