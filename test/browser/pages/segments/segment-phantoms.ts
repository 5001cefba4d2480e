import { transform, transformPoint, type Vec3 } from '../../../../shared/geometry/transform.ts'
import { length, subtract } from '../../../../shared/geometry/vector.ts'
import type { VolumeLabel, VolumeManifest } from '../../../../shared/volume/manifest.ts'
import { obliqueDims, obliqueFromVoxel } from '../volume/phantoms.ts'

export interface Ball {
  readonly centreMm: Vec3
  readonly radiusMm: number
  readonly colour: [number, number, number]
}

/** An oblique, sheared, uneven volume with a segment for each ball. */
export function volumeOf(balls: readonly Ball[]): VolumeManifest {
  return manifestOf(
    obliqueDims,
    obliqueFromVoxel,
    balls.map(({ colour }, n) => ({ name: `ball ${n + 1}`, colour })),
  )
}

export function manifestOf(
  dims: Vec3,
  patientFromVoxel: readonly number[],
  segments: readonly Pick<VolumeLabel, 'colour' | 'name'>[],
): VolumeManifest {
  const grid = {
    dims: [...dims] as [number, number, number],
    patientFromVoxel: [...patientFromVoxel],
  }
  return {
    volumeId: 'v1',
    modality: 'CT',
    label: 'CT',
    frameOfReferenceUID: '2.25.1',
    ...grid,
    dataType: 'int16',
    valueRange: [-1000, 1000],
    unit: 'HU',
    defaultWindow: { windowCenter: 40, windowWidth: 400 },
    histogram: [],
    levels: [{ path: '0', ...grid }],
    labels: segments.map(({ name, colour }, n) => ({
      labelId: String(n + 1),
      name,
      colour,
      source: 'SEG',
      fractional: true,
      voxelCount: 1,
      volumeMm3: 1,
    })),
  }
}

/** By label id, base64: a voxel's share grows from 0 to 1 over 2 mm around a ball's surface. */
export function voxelsOfBalls(balls: readonly Ball[]): Record<string, string> {
  const m = transform<'patient', 'voxel'>(obliqueFromVoxel)
  const [ni, nj, nk] = obliqueDims
  return Object.fromEntries(
    balls.map(({ centreMm, radiusMm }, label) => {
      const voxels = Buffer.alloc(ni * nj * nk)
      let n = 0
      for (let k = 0; k < nk; k++)
        for (let j = 0; j < nj; j++)
          for (let i = 0; i < ni; i++) {
            const reach = radiusMm - length(subtract(transformPoint(m, [i, j, k]), centreMm))
            voxels[n++] = Math.round(255 * Math.min(Math.max(reach / 2 + 0.5, 0), 1))
          }
      return [String(label + 1), voxels.toString('base64')]
    }),
  )
}
