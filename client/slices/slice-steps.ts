import {
  invert,
  type Transform,
  transform,
  transformPoint,
  type Vec3,
} from '../../shared/geometry/transform.ts'
import { add, dot, length, scale } from '../../shared/geometry/vector.ts'
import { type VoxelGrid, volumeBox } from './pane-frame.ts'

/** Planes of voxels that lie this nearly along a pane are stepped from one to the next. */
const cosineOfParallel = 0.9999

/** The slices of a volume along one direction: how far apart, and how many. */
export class SliceSteps {
  /** From one slice to the next. */
  readonly mm: number
  /** Slices along the whole box. */
  readonly count: number
  readonly #direction: Vec3
  /** Of a point, along the direction: 0 is the middle of the first slice. */
  readonly #indexOf: (pointMm: Vec3) => number
  readonly #onSlices: boolean

  /** `direction` is of unit length. */
  constructor(volume: VoxelGrid, direction: Vec3) {
    const affine = transform<'patient', 'voxel'>(volume.patientFromVoxel)
    const voxelFromPatient = invert(affine)
    const axes = [0, 1, 2].map((axis) => {
      const row = rowOf(voxelFromPatient, axis)
      return { axis, row, along: dot(row, direction) / length(row) }
    })
    const { axis, row, along } = axes.reduce((a, b) =>
      Math.abs(b.along) > Math.abs(a.along) ? b : a,
    )
    this.#direction = direction
    this.#onSlices = Math.abs(along) >= cosineOfParallel
    // From one plane of voxels to the next; a column of sheared ones leads aside.
    this.mm = this.#onSlices
      ? 1 / Math.abs(dot(row, direction))
      : Math.abs(dot(columnOf(affine, axis), direction))
    if (this.#onSlices) {
      const last = volume.dims[axis as 0 | 1 | 2] - 1
      const forward = dot(row, direction) > 0
      this.count = last + 1
      this.#indexOf = (pointMm) => {
        const index = transformPoint(voxelFromPatient, pointMm)[axis as 0 | 1 | 2]
        return forward ? index : last - index
      }
    } else {
      const ends = volumeBox(volume).corners.map((corner) => dot(direction, corner))
      const low = Math.min(...ends)
      this.count = Math.max(1, Math.round((Math.max(...ends) - low) / this.mm))
      this.#indexOf = (pointMm) => (dot(direction, pointMm) - low) / this.mm - 0.5
    }
  }

  /** The slice that a point lies in, 0…count − 1. */
  indexOf(pointMm: Vec3): number {
    return this.#within(Math.round(this.#indexOf(pointMm)))
  }

  /** The point moved along the direction by whole slices; where voxels lie along it, onto their middle. */
  moved(pointMm: Vec3, by: number): Vec3 {
    const from = this.#indexOf(pointMm)
    const to = this.#onSlices ? Math.round(from) + by : from + by
    return add(pointMm, scale(this.#direction, (this.#within(to) - from) * this.mm))
  }

  /** The point moved into a slice. */
  movedTo(pointMm: Vec3, index: number): Vec3 {
    const from = this.#indexOf(pointMm)
    return add(pointMm, scale(this.#direction, (this.#within(index) - from) * this.mm))
  }

  #within(index: number): number {
    return Math.min(this.count - 1, Math.max(0, index))
  }
}

const rowOf = (m: Transform<'voxel', 'patient'>, row: number): Vec3 =>
  [m[4 * row], m[4 * row + 1], m[4 * row + 2]] as unknown as Vec3

const columnOf = (m: Transform<'patient', 'voxel'>, column: number): Vec3 =>
  [m[column], m[4 + column], m[8 + column]] as unknown as Vec3
