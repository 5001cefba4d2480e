import type { Instance } from '../instance.ts'
import { dot, normalOf } from './lattice.ts'

/** Slices closer than this are in one place. */
export const samePlaceMm = 0.01

/** Ascending along the normal. */
export function orderAlongNormal(instances: readonly Instance[]): readonly Instance[] {
  const normal = normalOf(instances[0]!.plane)
  return instances.toSorted((a, b) => dot(a.plane.position, normal) - dot(b.plane.position, normal))
}

/** Pairs in one place along the normal; the first of a place is in every pair of it. */
export function repeats(ordered: readonly Instance[]): readonly (readonly [Instance, Instance])[] {
  const normal = normalOf(ordered[0]!.plane)
  const at = ({ plane }: Instance) => dot(plane.position, normal)
  let kept = ordered[0]!
  return ordered.slice(1).flatMap((next) => {
    if (at(next) - at(kept) < samePlaceMm) return [[kept, next] as const]
    kept = next
    return []
  })
}
