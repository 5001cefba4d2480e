import { type Transform, transformPoint, type Vec3 } from './transform.ts'
import { add, cross, dot, length, scale, subtract } from './vector.ts'

/** Corner n of the box that voxels fill, half a voxel beyond the outermost centres, patient mm. */
export function boxCorners(
  patientFromVoxel: Transform<'patient', 'voxel'>,
  [ni, nj, nk]: Vec3,
): Vec3[] {
  return Array.from({ length: 8 }, (_, corner) =>
    transformPoint(patientFromVoxel, [
      corner & 1 ? ni - 0.5 : -0.5,
      corner & 2 ? nj - 0.5 : -0.5,
      corner & 4 ? nk - 0.5 : -0.5,
    ]),
  )
}

/** Pairs of corners that differ in one bit. */
export const boxEdges: readonly (readonly [number, number])[] = [1, 2, 4].flatMap((bit) =>
  [0, 1, 2, 3, 4, 5, 6, 7].filter((corner) => !(corner & bit)).map((c) => [c, c | bit] as const),
)

/** Where a plane `dot(normal, p) = offset` cuts a box: a polygon in order, or nothing. */
export function boxCut(corners: readonly Vec3[], normal: Vec3, offsetMm: number): Vec3[] {
  const points: Vec3[] = []
  for (const [from, to] of boxEdges) {
    const [a, b] = [corners[from], corners[to]]
    if (!a || !b) continue
    const [da, db] = [dot(normal, a) - offsetMm, dot(normal, b) - offsetMm]
    if (da < 0 !== db < 0) points.push(add(a, scale(subtract(b, a), da / (da - db))))
  }
  if (points.length < 3) return []
  const middle = scale(points.reduce(add), 1 / points.length)
  const first = subtract(points[0] ?? middle, middle)
  const across = cross(scale(normal, 1 / length(normal)), first)
  const turn = (p: Vec3) =>
    Math.atan2(dot(subtract(p, middle), across), dot(subtract(p, middle), first))
  return points.sort((p, q) => turn(p) - turn(q))
}

/** How far points reach along a direction from a middle, both ways alike for a box. */
export function reach(corners: readonly Vec3[], middle: Vec3, direction: Vec3): number {
  return Math.max(...corners.map((corner) => dot(subtract(corner, middle), direction)))
}
