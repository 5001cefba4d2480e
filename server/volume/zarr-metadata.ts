import type { ValueUnit, VolumeLabel } from '../../shared/volume/manifest.ts'
import { zstdLevelOf } from './brick.ts'
import { chunkEdge, type PlannedLevel, spacingMm } from './pyramid-plan.ts'
import { bytesPerVoxel, type VoxelType } from './voxels.ts'

const axes = ['z', 'y', 'x'] as const
const version = '0.5'

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
    /** Standardised uptake value (body weight) = stored value × this. */
    suvbwFactor?: number
  },
) {
  return group({ ome: { version, multiscales: multiscales('volume', 'mean', levels) }, caseroom })
}

/** `labels/zarr.json`: which label maps there are (OME-Zarr 0.5, "labels"). */
export function labelsMetadata(labels: readonly Pick<VolumeLabel, 'labelId'>[]) {
  return group({ ome: { version, labels: labels.map(({ labelId }) => labelId) } })
}

/** One label map's `zarr.json`, on the volume's own grid. A fractional one is full at 255. */
export function labelMetadata(
  levels: readonly PlannedLevel[],
  { name, colour, source, algorithmType, fractional }: Omit<VolumeLabel, 'labelId'>,
) {
  const value = { 'label-value': fractional ? 255 : 1 }
  return group({
    ome: {
      version,
      multiscales: multiscales(name, 'maximum', levels),
      'image-label': {
        version,
        colors: [{ ...value, rgba: [...colour, 255] }],
        properties: [{ ...value, name }],
        source: { image: '../../' },
      },
    },
    caseroom: { name, colour, source, ...(algorithmType && { algorithmType }), fractional },
  })
}

/** A level's `zarr.json` (zarr v3). Single bytes have nothing to be shuffled. */
export function arrayMetadata(level: PlannedLevel, type: VoxelType, fill: number) {
  const elementsize = bytesPerVoxel[type]
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
      ...(elementsize > 1 ? [{ name: 'numcodecs.shuffle', configuration: { elementsize } }] : []),
      { name: 'zstd', configuration: { level: zstdLevelOf(level), checksum: false } },
    ],
    dimension_names: [...axes],
    attributes: { caseroom: { patientFromVoxel: level.patientFromVoxel } },
  }
}

const group = (attributes: object) => ({ zarr_format: 3, node_type: 'group', attributes })

function multiscales(name: string, type: 'mean' | 'maximum', levels: readonly PlannedLevel[]) {
  const fine = spacingMm((levels[0] as PlannedLevel).patientFromVoxel)
  return [
    {
      name,
      type,
      axes: axes.map((axis) => ({ name: axis, type: 'space', unit: 'millimeter' })),
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
  ]
}
