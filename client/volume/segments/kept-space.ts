import type { CropBox } from '../../../shared/conference/looks.ts'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import type { ClippingPlane } from '../../../shared/volume/sampling.ts'

/** Six clipping planes and the six sides of a box. */
export const mostCuts = 12

const axes: readonly Vec3[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
]

/** The planes that bound what is shown: a crop box is six of them. */
export function cutsOf(
  planes: readonly ClippingPlane[],
  cropBox: CropBox | undefined,
): readonly ClippingPlane[] {
  if (!cropBox?.enabled) return planes
  const sides = axes.flatMap((normal, axis): ClippingPlane[] => [
    { normal, offsetMm: cropBox.minMm[axis] as number },
    { normal: normal.map((n) => 0 - n) as unknown as Vec3, offsetMm: -cropBox.maxMm[axis]! },
  ])
  return [...planes, ...sides]
}
