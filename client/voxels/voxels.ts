import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import type { RegionStatistics, Slab, SliceValues } from '../../shared/volume/slice.ts'
import type { ReadFailure } from './read-failure.ts'

/**
 * One volume's stored values on this page: fetched once, decoded in a worker, kept within bounds,
 * and read by the picture, the slices, the segments and the measurements. Values are the stored
 * integers (or floats), never a texture's.
 */
export interface Voxels {
  readonly manifest: VolumeManifest
  /**
   * Cuts a slab: answers at once from the finest level that is here, and again as finer chunks come,
   * the last time with `sharp`, or says why it does not get there: nothing comes after `onFailure`.
   * Returns what gives it up. A request that follows makes an older one of the same `pane` moot.
   */
  slice(
    request: SliceRequest,
    onSlice: (slice: Slice) => void,
    onFailure: (failure: ReadFailure) => void,
  ): () => void
  /** Inside a closed outline that lies in one plane, patient mm. From the finest level. */
  region(outlineMm: readonly Vec3[]): Promise<RegionStatistics | undefined>
  /** Trilinear, of the finest level; undefined outside and in padding. */
  valueAt(pointMm: Vec3): Promise<number | undefined>
  /** A label map at the finest of its levels that has no more voxels than that. */
  label(labelId: string, mostVoxels: number): Promise<LabelVoxels>
  /** What is looked at: chunks near it come first. Undefined: the middle. */
  lookAt(pointMm: Vec3 | undefined): void
  /** Received over the network, compressed; what came from the cache is not counted. */
  readonly networkBytes: number
  dispose(): void
}

export interface SliceRequest extends Slab {
  /** Whose it is, as 'axial'. */
  readonly pane: string
  /** Label maps to be cut along. */
  readonly labelIds?: readonly string[]
  /** Nothing of the image is brought, and `values` is empty. */
  readonly labelsAlone?: boolean
}

export interface Slice extends SliceValues {
  /** From the finest level, whole. */
  readonly sharp: boolean
  /** Cut through the plane itself, however thick the slab: 0…255 for 0…1, by label. */
  readonly labels?: Readonly<Record<string, Uint8Array>>
}

export interface LabelVoxels {
  readonly labelId: string
  readonly dims: Vec3
  /** Row-major, voxel centres. */
  readonly patientFromVoxel: readonly number[]
  /** 0…255 for 0…1 (a map of 0 and 1 holds 0 and 255), x fastest. */
  readonly data: Uint8Array
}
