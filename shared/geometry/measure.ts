import type { Vec3 } from './transform.ts'
import { add, cross, dot, length, normalize, scale, subtract } from './vector.ts'

/** Sizes of what is drawn in one space, in its units: mm in the patient's. */
export const distance = (a: Vec3, b: Vec3): number => length(subtract(b, a))

/** Between the arms to `a` and `c`, 0…180; 0 where an arm has no length. */
export function angleDegrees(a: Vec3, vertex: Vec3, c: Vec3): number {
  const [one, other] = [subtract(a, vertex), subtract(c, vertex)]
  return (Math.atan2(length(cross(one, other)), dot(one, other)) * 180) / Math.PI
}

/** Of a closed outline that lies in one plane, however that plane lies. */
export function polygonArea(outline: readonly Vec3[]): number {
  const [first] = outline
  if (!first) return 0
  let sum: Vec3 = [0, 0, 0]
  for (let n = 1; n + 1 < outline.length; n++) {
    const [one, other] = [outline[n], outline[n + 1]]
    if (one && other) sum = add(sum, cross(subtract(one, first), subtract(other, first)))
  }
  return length(sum) / 2
}

/** Of the ellipse around `centre` with half-axes, at a right angle, to `endA` and `endB`. */
export const ellipseArea = (centre: Vec3, endA: Vec3, endB: Vec3): number =>
  Math.PI * distance(centre, endA) * distance(centre, endB)

/** Points of that ellipse, evenly by its parameter, not closed. */
export function ellipseOutline(
  centre: Vec3,
  endA: Vec3,
  endB: Vec3,
  count: number,
): readonly Vec3[] {
  const [a, b] = [subtract(endA, centre), subtract(endB, centre)]
  return Array.from({ length: count }, (_, n) => {
    const turn = (2 * Math.PI * n) / count
    return add(centre, add(scale(a, Math.cos(turn)), scale(b, Math.sin(turn))))
  })
}

/** The upright ellipse that fills a rectangle, as [centre, end of one half-axis, of the other]. */
export function ellipseWithin(
  from: Vec3,
  to: Vec3,
  across: Vec3,
  down: Vec3,
): readonly [Vec3, Vec3, Vec3] {
  const [right, below] = [normalize(across), normalize(down)]
  const half = scale(subtract(to, from), 0.5)
  const centre = add(from, half)
  return [
    centre,
    add(centre, scale(right, Math.abs(dot(half, right)))),
    add(centre, scale(below, Math.abs(dot(half, below)))),
  ]
}

/** An arc between the arms of an angle, a third of the shorter one out; none where an arm is. */
export function angleArc(a: Vec3, vertex: Vec3, c: Vec3): readonly Vec3[] {
  const [one, other] = [subtract(a, vertex), subtract(c, vertex)]
  const radius = Math.min(length(one), length(other)) / 3
  const total = (angleDegrees(a, vertex, c) * Math.PI) / 180
  if (radius === 0 || total === 0) return []
  const along = normalize(one)
  const aside = subtract(other, scale(along, dot(other, along)))
  // arms that lie in one line have no plane of their own: any will do
  const upwards = length(aside) > 1e-9 * length(other) ? normalize(aside) : anyAcross(along)
  const steps = Math.max(2, Math.ceil(total / (Math.PI / 24)))
  return Array.from({ length: steps + 1 }, (_, n) => {
    const turn = (total * n) / steps
    const spoke = add(scale(along, Math.cos(turn)), scale(upwards, Math.sin(turn)))
    return add(vertex, scale(spoke, radius))
  })
}

function anyAcross(along: Vec3): Vec3 {
  const helper: Vec3 = Math.abs(along[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0]
  return normalize(cross(along, helper))
}

/** The same closed outline with at most so many points: those that shape it least are left out. */
export function thinned(outline: readonly Vec3[], most: number): readonly Vec3[] {
  const kept = [...outline]
  const shapes = kept.map((_, n) => shapeOf(kept, n))
  while (kept.length > most) {
    const least = shapes.indexOf(Math.min(...shapes))
    kept.splice(least, 1)
    shapes.splice(least, 1)
    for (const n of [least - 1, least]) {
      const at = (n + kept.length) % kept.length
      shapes[at] = shapeOf(kept, at)
    }
  }
  return kept
}

/** The area of the triangle that a point makes with its neighbours (Visvalingam and Whyatt 1993). */
function shapeOf(outline: readonly Vec3[], n: number): number {
  const at = (index: number) => outline[(index + outline.length) % outline.length] as Vec3
  return polygonArea([at(n - 1), at(n), at(n + 1)])
}
