import type { Vec3 } from '../geometry/transform.ts'

/** How the values across a thick slice become one. */
export const projections = ['average', 'mip', 'minip'] as const
export type Projection = (typeof projections)[number]

/**
 * A picture plane through a volume, patient mm: pixel (column, row) stands at
 * `originMm + column · columnMm + row · rowMm`. The two steps are at right angles.
 */
export interface SlicePlane {
  readonly originMm: Vec3
  /** From a pixel to the next on its right. */
  readonly columnMm: Vec3
  /** From a pixel to the next below. */
  readonly rowMm: Vec3
  readonly columns: number
  readonly rows: number
}

/** A plane, or the slab around it: half of `slabMm` on either side. */
export interface Slab extends SlicePlane {
  /** 0: one plane. */
  readonly slabMm: number
  readonly projection: Projection
}

/** Stored values, row by row; not-a-number where there is nothing: outside, or padding. */
export interface SliceValues extends SlicePlane {
  readonly values: Float32Array
}

/** What lies inside an outline, from the stored values of the finest level. */
export interface RegionStatistics {
  readonly mean: number
  /** Of the population. */
  readonly standardDeviation: number
  readonly min: number
  readonly max: number
  readonly areaMm2: number
  /** Samples that had a value. */
  readonly count: number
}
