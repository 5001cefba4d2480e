import type { Prior } from '../../shared/conference/looks.ts'
import { patientFromPrior, priorFromPatient } from '../../shared/geometry/prior-alignment.ts'
import {
  type Transform,
  transform,
  transformPoint,
  transformVector,
} from '../../shared/geometry/transform.ts'
import { centreOfBox } from '../../shared/geometry/volume-pose.ts'
import { presetsFor } from '../../shared/volume/presets.ts'
import type { SlicePlane } from '../../shared/volume/slice.ts'
import type { ValueWindow } from '../../shared/volume/transfer-function.ts'
import type { Voxels } from '../voxels/voxels.ts'
import { type ColourMap, colourMapFor } from './colour-map.ts'

/** One volume that panes are cut from. */
export interface SliceSource {
  readonly voxels: Voxels
  /** Between this volume's patient space and the shown one's; absent where they are one. */
  readonly alignment?: {
    readonly patientFromThis: Transform<'patient', 'patient'>
    readonly thisFromPatient: Transform<'patient', 'patient'>
  }
  readonly window: ValueWindow
  readonly map: ColourMap
}

/** A prior as it lies in the shown volume's patient space. */
export function alignmentOf(
  prior: Pick<Prior, 'alignment' | 'translationMm' | 'rotation'>,
  voxels: Voxels,
): NonNullable<SliceSource['alignment']> {
  const { patientFromVoxel, dims } = voxels.manifest
  const pivotMm = centreOfBox(transform<'patient', 'voxel'>(patientFromVoxel), dims)
  return {
    patientFromThis: patientFromPrior(prior, pivotMm),
    thisFromPatient: priorFromPatient(prior, pivotMm),
  }
}

/** What is read alike is shown alike; else a volume keeps its own window and colours. */
export function lookOf(
  { manifest }: Voxels,
  shown: { modality: string; unit: string; window: ValueWindow; presetId: string },
): Pick<SliceSource, 'window' | 'map'> {
  const alike = manifest.modality === shown.modality && manifest.unit === shown.unit
  const presetId = alike ? shown.presetId : presetsFor(manifest.modality)[0].presetId
  return {
    window: alike ? shown.window : manifest.defaultWindow,
    map: colourMapFor(manifest.modality, presetId),
  }
}

/** The same plane in another patient space. */
export function carried<P extends SlicePlane>(
  plane: P,
  to: Transform<'patient', 'patient'> | undefined,
): P {
  if (!to) return plane
  return {
    ...plane,
    originMm: transformPoint(to, plane.originMm),
    columnMm: transformVector(to, plane.columnMm),
    rowMm: transformVector(to, plane.rowMm),
  }
}
