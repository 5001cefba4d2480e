import { type Transform, transformVector, type Vec3 } from '../../../shared/geometry/transform.ts'
import type { ThumbnailScene } from './scene.ts'

/** Towards the light, from above the viewer's left shoulder, in patient axes. */
const light: Vec3 = [-0.42, -0.76, 0.5]

/** The brightness of what has no surface. */
export const plainBrightness = 0.75

/** Lambert's law where the values have a slope, plain where they have none; about 0.3…1.1. */
export function shader(
  { unit, window }: ThumbnailScene,
  sample: (x: number, y: number, z: number) => number,
  voxelFromPatient: Transform<'voxel', 'patient'>,
  reachMm: number,
) {
  const alongX = transformVector(voxelFromPatient, [reachMm, 0, 0])
  const alongY = transformVector(voxelFromPatient, [0, reachMm, 0])
  const alongZ = transformVector(voxelFromPatient, [0, 0, reachMm])
  const steep = unit === 'HU' ? 150 : 0.2 * window.windowWidth
  const slope = (x: number, y: number, z: number, [dx, dy, dz]: Vec3) =>
    sample(x - dx, y - dy, z - dz) - sample(x + dx, y + dy, z + dz)
  return (x: number, y: number, z: number): number => {
    const left = slope(x, y, z, alongX)
    const back = slope(x, y, z, alongY)
    const up = slope(x, y, z, alongZ)
    const length = Math.sqrt(left * left + back * back + up * up)
    const towardsLight = left * light[0] + back * light[1] + up * light[2]
    const surface = Math.min(1, length / steep)
    const lambert = length > 0 ? Math.max(0, towardsLight / length) : 0
    return (1 - surface) * plainBrightness + surface * (0.3 + 0.8 * lambert)
  }
}
