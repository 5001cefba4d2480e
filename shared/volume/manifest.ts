import { z } from 'zod'

const finite = z.number().refine(Number.isFinite)
const dims = z.tuple([z.int().positive(), z.int().positive(), z.int().positive()])
/** 16 numbers, row-major, mm LPS from voxel centres; any shear from gantry tilt is in it. */
const affine = z.array(finite).length(16)

/** One level of the pyramid, finest first. Its voxel centres lie half a fine voxel further in. */
export const volumeLevel = z.strictObject({
  path: z.string().regex(/^\d{1,2}$/),
  dims,
  patientFromVoxel: affine,
})

export const valueUnits = ['HU', 'stored', 'Bq/ml'] as const

const byte = z.int().min(0).max(255)

/** One segment or region of interest, as an OME-Zarr label map at `labels/<labelId>`. */
export const volumeLabel = z.strictObject({
  labelId: z.string().regex(/^[1-9]\d{0,3}$/),
  name: z.string(),
  /** sRGB. */
  colour: z.tuple([byte, byte, byte]),
  source: z.enum(['SEG', 'RTSTRUCT']),
  algorithmType: z.enum(['AUTOMATIC', 'SEMIAUTOMATIC', 'MANUAL']).optional(),
  /** Voxels are 0…255 for 0…1 instead of 0 and 1. */
  fractional: z.boolean(),
  /** Of voxels above zero. */
  voxelCount: z.int().nonnegative(),
  /** A fractional voxel counts for its fraction. */
  volumeMm3: finite.nonnegative(),
})

/**
 * What everybody but the importer knows of a volume; the voxels are the OME-Zarr tree beside it.
 * `valueRange` and `histogram` leave Pixel Padding Value out (PS3.3 C.7.5.1.1.2).
 */
export const volumeManifest = z.strictObject({
  volumeId: z.string(),
  /** The volume of the import that this one was made from, by taking a face away. */
  madeFrom: z.string().optional(),
  modality: z.string(),
  /** Series in words, from coded or standard attributes alone, as "CT · lung kernel · 3.27 mm". */
  label: z.string(),
  frameOfReferenceUID: z.string(),
  dims,
  patientFromVoxel: affine,
  dataType: z.enum(['int16', 'uint16', 'float32']),
  valueRange: z.tuple([finite, finite]),
  unit: z.enum(valueUnits),
  paddingValue: finite.optional(),
  /** PET: standardised uptake value (body weight, g/ml) = value × this. */
  suvbwFactor: finite.positive().optional(),
  /** From the header (PS3.3 C.11.2.1.2) or, where it has none, from percentiles. */
  defaultWindow: z.strictObject({ windowCenter: finite, windowWidth: finite.positive() }),
  /** Counts of voxels in equal bins over valueRange. */
  histogram: z.array(z.int().nonnegative()),
  levels: z.array(volumeLevel).min(1),
  labels: z.array(volumeLabel).optional(),
  /** Slices k that were not sent but made of their neighbours. */
  interpolatedSlices: z.array(z.int().nonnegative()).optional(),
})

export type VolumeManifest = z.infer<typeof volumeManifest>
export type VolumeLabel = z.infer<typeof volumeLabel>
export type VolumeLevel = z.infer<typeof volumeLevel>
export type ValueUnit = (typeof valueUnits)[number]
