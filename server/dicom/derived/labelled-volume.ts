import {
  invert,
  type Transform,
  transform,
  transformPoint,
  transformVector,
  type Vec3,
} from '../../../shared/geometry/transform.ts'
import type { AssembledSeries, Assembly } from '../assemble/assemble-series.ts'

/** A volume that labels may be laid on, with the images it was made of. */
export interface LabelledVolume {
  readonly series: Pick<AssembledSeries, 'dims' | 'patientFromVoxel' | 'frameOfReferenceUID'>
  readonly bySlice: Assembly['bySlice']
}

/** An image, by identifiers that stand for the true ones. */
export interface ImageReference {
  readonly sopInstanceUID: string
  /** From 1; empty means all frames. */
  readonly frameNumbers: readonly number[]
}

/** Where things lie among the voxels of one volume, and which of its slices an image became. */
export class VolumeGrid {
  readonly columns: number
  readonly rows: number
  readonly slices: number
  readonly frameOfReferenceUID: string
  readonly seriesInstanceUIDs: ReadonlySet<string>
  readonly #patientFromVoxel: Transform<'patient', 'voxel'>
  readonly #voxelFromPatient: Transform<'voxel', 'patient'>
  readonly #slicesOf: ReadonlyMap<string, readonly { k: number; frameNumber: number }[]>

  constructor({ series, bySlice }: LabelledVolume) {
    ;[this.columns, this.rows, this.slices] = series.dims
    this.frameOfReferenceUID = series.frameOfReferenceUID
    this.#patientFromVoxel = transform(series.patientFromVoxel)
    this.#voxelFromPatient = invert(this.#patientFromVoxel)
    const images = bySlice.flatMap((instance, k) => (instance ? [{ instance, k }] : []))
    this.seriesInstanceUIDs = new Set(
      images.flatMap(({ instance }) => instance.dataSet.string('SeriesInstanceUID') ?? []),
    )
    const frames = images.map(({ instance: { dataSet, original }, k }) => ({
      uid: dataSet.string('SOPInstanceUID') ?? '',
      frameNumber: original.frameNumber ?? 1,
      k,
    }))
    this.#slicesOf = Map.groupBy(frames, ({ uid }) => uid)
  }

  has(sopInstanceUID: string): boolean {
    return this.#slicesOf.has(sopInstanceUID)
  }

  /** Slices that the images became, each once. */
  slicesOf(images: readonly ImageReference[]): readonly number[] {
    const found = images.flatMap(({ sopInstanceUID, frameNumbers }) =>
      (this.#slicesOf.get(sopInstanceUID) ?? [])
        .filter(
          ({ frameNumber }) => frameNumbers.length === 0 || frameNumbers.includes(frameNumber),
        )
        .map(({ k }) => k),
    )
    return [...new Set(found)]
  }

  /** Voxel coordinates of a point in patient mm. */
  voxelOf(pointMm: Vec3): Vec3 {
    return transformPoint(this.#voxelFromPatient, pointMm)
  }

  /** Voxels that a way of so many mm leads along each axis. */
  voxelsAlong(wayMm: Vec3): Vec3 {
    return transformVector(this.#voxelFromPatient, wayMm)
  }

  /** Patient mm. */
  pointOf(voxel: Vec3): Vec3 {
    return transformPoint(this.#patientFromVoxel, voxel)
  }

  /** Slices that a millimetre along x, y or z leads across; as a vector, along their normal. */
  slicesPerMm(): Vec3 {
    const [x, y, z] = (
      [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ] as const
    ).map((axis) => this.voxelsAlong(axis)[2])
    return [x!, y!, z!]
  }
}
