import { maximumClippingPlanes } from '../../shared/conference/command.ts'
import type { ClippingPlane } from '../../shared/conference/event.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { dot } from '../../shared/geometry/vector.ts'
import type { Asked } from '../conference/conference-session.ts'

/** The directions a person adds a plane by; what is kept lets the cut be seen from the front. */
export const planeKinds = [
  { name: 'Axial', normal: [0, 0, -1] },
  { name: 'Coronal', normal: [0, 1, 0] },
  { name: 'Sagittal', normal: [1, 0, 0] },
] as const satisfies readonly { name: string; normal: Vec3 }[]
export type PlaneKind = (typeof planeKinds)[number]

/** PS3.3 C.7.6.1.1.1, LPS. */
const sides: readonly (readonly [side: string, kind: string, direction: Vec3])[] = [
  ['left', 'Sagittal', [1, 0, 0]],
  ['right', 'Sagittal', [-1, 0, 0]],
  ['back', 'Coronal', [0, 1, 0]],
  ['front', 'Coronal', [0, -1, 0]],
  ['head', 'Axial', [0, 0, 1]],
  ['feet', 'Axial', [0, 0, -1]],
]
const cosineOfParallel = 0.999

/** "Axial, keeps the feet"; a plane along no axis is named by the side nearest. */
export function planeWords(normal: Vec3): { name: string; keeps: string } {
  const nearest = sides.reduce((a, b) => (dot(normal, b[2]) > dot(normal, a[2]) ? b : a))
  const parallel = dot(normal, nearest[2]) >= cosineOfParallel
  return { name: parallel ? nearest[1] : 'Oblique', keeps: `keeps the ${nearest[0]}` }
}

/** The offsets, mm, at which a plane of this normal still meets the box with these corners. */
export function offsetRange(corners: readonly Vec3[], normal: Vec3): readonly [number, number] {
  const along = corners.map((corner) => dot(normal, corner))
  return [Math.min(...along), Math.max(...along)]
}

/** The same cut with the other side kept. */
export function flipped({ normal: [x, y, z], offsetMm, ...plane }: ClippingPlane): ClippingPlane {
  return { ...plane, normal: [0 - x, 0 - y, 0 - z], offsetMm: 0 - offsetMm }
}

/** Pushed further in, mm along its normal, as long as it meets the box. */
export function pushed(plane: ClippingPlane, mm: number, corners: readonly Vec3[]): ClippingPlane {
  const [low, high] = offsetRange(corners, plane.normal)
  return { ...plane, offsetMm: Math.min(high, Math.max(low, plane.offsetMm + mm)) }
}

/** A new plane through the middle of the box; undefined where all six are in use. */
export function newPlane(
  { normal }: PlaneKind,
  planes: readonly ClippingPlane[],
  corners: readonly Vec3[],
): ClippingPlane | undefined {
  if (planes.length >= maximumClippingPlanes) return undefined
  const [low, high] = offsetRange(corners, normal)
  return { planeId: freePlaneId(planes), normal, offsetMm: (low + high) / 2, enabled: true }
}

export function setPlane({ planeId, normal, offsetMm, enabled }: ClippingPlane): Asked {
  return { type: 'setClippingPlane', planeId, normal, offsetMm, enabled }
}

function freePlaneId(planes: readonly ClippingPlane[]): string {
  const taken = new Set(planes.map(({ planeId }) => planeId))
  let n = 1
  while (taken.has(`plane-${n}`)) n++
  return `plane-${n}`
}
