import type { CropBox } from '../../shared/conference/looks.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { add, dot, length, scale, subtract } from '../../shared/geometry/vector.ts'
import { type CropFace, cropFaces, middleOfFace, withFaceAt } from './crop-handles-box.ts'
import type { Ray } from './own-camera.ts'

/** From taking hold of a face to letting it go. Rays are of the patient's space, mm. */
export interface CropDrag {
  readonly face: CropFace
  /** The box with the face under the ray; as it was where the ray runs along the face's way. */
  move(ray: Ray): CropBox
}

/** A handle is seen on a small box and does not hide a large one. */
export function handleRadiusMm({ minMm, maxMm }: CropBox): number {
  return Math.min(6, Math.max(1.5, 0.02 * length(subtract(maxMm, minMm))))
}

/** The handle nearest to a ray's origin of those it passes through, or within `toleranceMm` of. */
export function nearestFace(box: CropBox, ray: Ray, toleranceMm: number): CropFace | undefined {
  const reach = handleRadiusMm(box) + toleranceMm
  const hit = cropFaces
    .map((face) => {
      const away = subtract(middleOfFace(box, face), ray.origin)
      const ahead = dot(away, ray.direction)
      return { face, ahead, beside: length(subtract(away, scale(ray.direction, ahead))) }
    })
    .filter(({ ahead, beside }) => ahead > 0 && beside <= reach)
  return hit.sort((a, b) => a.ahead - b.ahead)[0]?.face
}

export function beginCropDrag(box: CropBox, face: CropFace, from: Ray): CropDrag {
  const middle = middleOfFace(box, face)
  const grip = alongAxis(middle, face, from)
  let last = box
  return {
    face,
    move(ray) {
      const at = alongAxis(middle, face, ray)
      if (grip !== undefined && at !== undefined) {
        last = withFaceAt(box, face, middle[face.axis] + at - grip)
      }
      return last
    },
  }
}

/** Below this square of the sine a ray and a line are held for parallel. */
const parallel = 1e-3

/** Where on the line along a face's axis through `middle` a ray comes nearest, mm from `middle`. */
function alongAxis(
  middle: Vec3,
  { axis }: CropFace,
  { origin, direction }: Ray,
): number | undefined {
  const way: Vec3 = [axis === 0 ? 1 : 0, axis === 1 ? 1 : 0, axis === 2 ? 1 : 0]
  const between = subtract(middle, origin)
  const cosine = dot(way, direction)
  const sineSquared = 1 - cosine * cosine
  if (sineSquared < parallel) return undefined
  const along = (cosine * dot(between, direction) - dot(between, way)) / sineSquared
  const onLine = add(middle, scale(way, along))
  return dot(subtract(onLine, origin), direction) > 0 ? along : undefined
}
