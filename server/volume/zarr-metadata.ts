import type { ValueUnit } from '../../shared/volume/manifest.ts'
import { zstdLevelOf } from './brick.ts'
import { chunkEdge, type PlannedLevel, spacingMm } from './pyramid-plan.ts'
import { bytesPerVoxel, type VoxelType } from './voxels.ts'

const axes = ['z', 'y', 'x'] as const

/**
 * The group's `zarr.json`: OME-Zarr 0.5 multiscales. OME knows scales and translations only, so
 * `scale` is the step along each axis and the translation is within the volume's own axes; where the
 * volume stands in the patient is each level's `caseroom.patientFromVoxel`.
 */
export function groupMetadata(
  levels: readonly PlannedLevel[],
  caseroom: {
    modality: string
    unit: ValueUnit
    frameOfReferenceUID: string
    paddingValue?: number
  },
) {
  const fine = spacingMm((levels[0] as PlannedLevel).patientFromVoxel)
  return {
    zarr_format: 3,
    node_type: 'group',
    attributes: {
      ome: {
        version: '0.5',
        multiscales: [
          {
            name: 'volume',
            type: 'mean',
            axes: axes.map((name) => ({ name, type: 'space', unit: 'millimeter' })),
            datasets: levels.map((level) => {
              const scale = spacingMm(level.patientFromVoxel)
              const translation = scale.map((step, axis) => (step - (fine[axis] as number)) / 2)
              return {
                path: level.path,
                coordinateTransformations: [
                  { type: 'scale', scale: scale.toReversed() },
                  { type: 'translation', translation: translation.toReversed() },
                ],
              }
            }),
          },
        ],
      },
      caseroom,
    },
  }
}

/** A level's `zarr.json` (zarr v3). */
export function arrayMetadata(level: PlannedLevel, type: VoxelType, fill: number) {
  return {
    zarr_format: 3,
    node_type: 'array',
    shape: level.dims.toReversed(),
    data_type: type,
    chunk_grid: {
      name: 'regular',
      configuration: { chunk_shape: [chunkEdge, chunkEdge, chunkEdge] },
    },
    chunk_key_encoding: { name: 'default', configuration: { separator: '/' } },
    fill_value: fill,
    codecs: [
      { name: 'bytes', configuration: { endian: 'little' } },
      { name: 'numcodecs.shuffle', configuration: { elementsize: bytesPerVoxel } },
      { name: 'zstd', configuration: { level: zstdLevelOf(level), checksum: false } },
    ],
    dimension_names: [...axes],
    attributes: { caseroom: { patientFromVoxel: level.patientFromVoxel } },
  }
}
