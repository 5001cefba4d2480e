import { type Transform, transformVector } from '../../../shared/geometry/transform.ts'
import type { ThumbnailScene } from './scene.ts'

type Corner = [number, number, number]

/** Towards the light, from above the viewer's left shoulder, in patient axes. */
const light: Readonly<Corner> = [-0.42, -0.76, 0.5]

/** The brightness of what has no surface. */
export const plainBrightness = 0.75

/** Lambert's law where the values have a slope, plain where they have none; about 0.3…1.1. */
export function shader(
  { unit, window }: ThumbnailScene,
  sample: (x: number, y: number, z: number) => number,
  voxelFromPatient: Transform<'voxel', 'patient'>,
  reachMm: number,
) {
  const axes = [0, 1, 2].map((axis) => {
    const along: Corner = [0, 0, 0]
    along[axis] = reachMm
    return transformVector(voxelFromPatient, along)
  })
  const steep = unit === 'HU' ? 150 : 0.2 * window.windowWidth
  return (x: number, y: number, z: number): number => {
    let [length, towardsLight] = [0, 0]
    for (let axis = 0; axis < 3; axis++) {
      const [dx, dy, dz] = axes[axis] as Corner
      const slope = sample(x - dx, y - dy, z - dz) - sample(x + dx, y + dy, z + dz)
      length += slope * slope
      towardsLight += slope * (light[axis] as number)
    }
    length = Math.sqrt(length)
    const surface = Math.min(1, length / steep)
    const lambert = length > 0 ? Math.max(0, towardsLight / length) : 0
    return (1 - surface) * plainBrightness + surface * (0.3 + 0.8 * lambert)
  }
}
