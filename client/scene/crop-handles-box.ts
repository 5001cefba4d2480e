import type { CropBox } from '../../shared/conference/looks.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'

/** One side of a crop box: along patient axis 0, 1 or 2, at its low or its high end. */
export interface CropFace {
  readonly axis: 0 | 1 | 2
  readonly end: 'minMm' | 'maxMm'
  /** PS3.3 C.7.6.1.1.1. */
  readonly letter: 'R' | 'L' | 'A' | 'P' | 'F' | 'H'
  readonly name: string
}

/** LPS: +x left, +y posterior, +z head. */
export const cropFaces: readonly CropFace[] = [
  { axis: 0, end: 'minMm', letter: 'R', name: 'Right' },
  { axis: 0, end: 'maxMm', letter: 'L', name: 'Left' },
  { axis: 1, end: 'minMm', letter: 'A', name: 'Front' },
  { axis: 1, end: 'maxMm', letter: 'P', name: 'Back' },
  { axis: 2, end: 'minMm', letter: 'F', name: 'Feet' },
  { axis: 2, end: 'maxMm', letter: 'H', name: 'Head' },
]

/** A box is at least so thick. */
export const thinnestMm = 1

/** The box along the patient's axes around these corners, of a volume that may lie askew in it. */
export function wholeBox(corners: readonly Vec3[]): Pick<CropBox, 'minMm' | 'maxMm'> {
  const along = (axis: 0 | 1 | 2) => corners.map((corner) => corner[axis])
  return {
    minMm: [Math.min(...along(0)), Math.min(...along(1)), Math.min(...along(2))],
    maxMm: [Math.max(...along(0)), Math.max(...along(1)), Math.max(...along(2))],
  }
}

/** How far a face lies out in its own letter's direction: R 12 is x = −12. */
export function faceMm(box: CropBox, { axis, end }: CropFace): number {
  const mm = box[end][axis]
  return end === 'maxMm' ? mm : 0 - mm
}

/** With a face moved to a place along its own letter's direction; it stops before the opposite one. */
export function withFaceMm(box: CropBox, face: CropFace, mm: number): CropBox {
  return withFaceAt(box, face, face.end === 'maxMm' ? mm : 0 - mm)
}

/** With a face moved to a coordinate of its patient axis; it stops before the opposite one. */
export function withFaceAt(box: CropBox, { axis, end }: CropFace, at: number): CropBox {
  const stopped =
    end === 'maxMm'
      ? Math.max(at, box.minMm[axis] + thinnestMm)
      : Math.min(at, box.maxMm[axis] - thinnestMm)
  const moved = (point: Vec3): Vec3 => [
    axis === 0 ? stopped : point[0],
    axis === 1 ? stopped : point[1],
    axis === 2 ? stopped : point[2],
  ]
  return { ...box, [end]: moved(box[end]) }
}

export function middleOfFace({ minMm, maxMm }: CropBox, { axis, end }: CropFace): Vec3 {
  const at = (n: 0 | 1 | 2) =>
    n === axis ? (end === 'maxMm' ? maxMm[n] : minMm[n]) : (minMm[n] + maxMm[n]) / 2
  return [at(0), at(1), at(2)]
}
