import type { VolumeManifest } from '../../../shared/volume/manifest.ts'

/** The steps along i, j and k in mm: the lengths of the affine's columns. */
export function spacingOf({
  patientFromVoxel: m,
}: Pick<VolumeManifest, 'patientFromVoxel'>): string {
  const step = (column: number) =>
    Math.hypot(m[column] ?? 0, m[4 + column] ?? 0, m[8 + column] ?? 0)
  return [0, 1, 2].map((column) => step(column).toFixed(2)).join(' × ')
}
