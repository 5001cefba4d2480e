import type { Alteration } from '../alteration.ts'
import type { AssembledLabel } from '../derived/label.ts'
import type { Instance, VolumeModality } from '../instance.ts'
import type { ShownAttribute } from '../leaving/shown-attributes.ts'
import type { Note } from '../note.ts'
import type { SliceDataType, SliceSource } from '../slice-source.ts'

/** One volume, described; its voxels are decoded slice by slice with `decodeSlice`. */
export interface AssembledSeries {
  readonly seriesIndex: number
  /** Of `ImportReading.studies`. */
  readonly studyIndex: number
  /** Given here, so that what is said of the volume elsewhere can name it. */
  readonly volumeId: string
  readonly modality: VolumeModality
  readonly label: string
  /** Remapped. */
  readonly frameOfReferenceUID: string
  /** Columns, rows, slices. */
  readonly dims: readonly [number, number, number]
  /** 16 numbers, row-major, mm LPS, voxel centres. */
  readonly patientFromVoxel: readonly number[]
  readonly dataType: SliceDataType
  readonly unit: 'HU' | 'stored' | 'Bq/ml'
  /** SUV (body weight) of one Bq/ml. */
  readonly suvbwFactor?: number
  readonly paddingValue?: number
  readonly headerWindow?: { readonly windowCenter: number; readonly windowWidth: number }
  readonly attributes: readonly ShownAttribute[]
  /** k ascending along cross(row, column). */
  readonly slices: readonly SliceSource[]
  /** The k of slices that were not measured but made of their neighbours, ascending. */
  readonly interpolatedSlices: readonly number[]
  /** An image says of itself that text is written into it (Burned In Annotation, PS3.3 C.7.6.1). */
  readonly saysText: boolean
  readonly labels?: readonly AssembledLabel[]
  /** What was decided about it, in words. */
  readonly notes: readonly Note[]
  readonly alterations: readonly Alteration[]
}

/** A volume with the instances it was made of. */
export interface Assembly {
  readonly series: Omit<AssembledSeries, 'seriesIndex' | 'studyIndex' | 'volumeId'>
  /** One for each slice; undefined for one that none was sent for. */
  readonly bySlice: readonly (Instance | undefined)[]
}
