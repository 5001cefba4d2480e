import { type Transform, transform, transformPoint } from '../../../shared/geometry/transform.ts'
import type { ThumbnailScene } from './scene.ts'

type Corner = [number, number, number]

/** The box in patient axes (mm) around the voxels, to their outer faces. */
export function boxOf({ dims, patientFromVoxel }: ThumbnailScene): { low: Corner; high: Corner } {
  const patientFromIndex: Transform<'patient', 'voxel'> = transform(patientFromVoxel)
  const low: Corner = [Infinity, Infinity, Infinity]
  const high: Corner = [-Infinity, -Infinity, -Infinity]
  for (let n = 0; n < 8; n++) {
    const corner = dims.map((size, axis) => ((n >> axis) & 1 ? size - 0.5 : -0.5))
    const point = transformPoint(patientFromIndex, corner as Corner)
    for (const axis of [0, 1, 2] as const) {
      low[axis] = Math.min(low[axis], point[axis])
      high[axis] = Math.max(high[axis], point[axis])
    }
  }
  return { low, high }
}
