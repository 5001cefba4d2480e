import {
  invert,
  type Transform,
  transformPoint,
  transformVector,
  type Vec3,
} from '../../../../shared/geometry/transform.ts'
import { add, length, scale } from '../../../../shared/geometry/vector.ts'
import { type Phantom, voxelsOf } from './phantoms.ts'

/** A phantom's stored voxels on the CPU, in double precision: what pictures are held against. */
export class Sampled {
  readonly phantom: Phantom
  readonly voxelFromPatient: Transform<'voxel', 'patient'>
  readonly #voxels: Int16Array

  constructor(phantom: Phantom) {
    this.phantom = phantom
    this.voxelFromPatient = invert(phantom.patientFromVoxel)
    this.#voxels = voxelsOf(phantom)
  }

  /** Trilinear between voxel centres, clamped at the outermost; undefined outside the voxels' box. */
  at(patientMm: Vec3): number | undefined {
    const { dims } = this.phantom
    const voxel = transformPoint(this.voxelFromPatient, patientMm)
    if (voxel.some((value, axis) => value < -0.5 || value > dims[axis]! - 0.5)) return undefined
    const clamped = voxel.map((value, axis) => Math.min(Math.max(value, 0), dims[axis]! - 1))
    const low = clamped.map((value, axis) =>
      Math.min(Math.floor(value), Math.max(dims[axis]! - 2, 0)),
    )
    let sum = 0
    for (let corner = 0; corner < 8; corner++) {
      let [index, weight] = [0, 1]
      for (const axis of [2, 1, 0]) {
        const upper = (corner >> axis) & 1
        const part = clamped[axis]! - low[axis]!
        weight *= upper ? part : 1 - part
        index = index * dims[axis]! + Math.min(low[axis]! + upper, dims[axis]! - 1)
      }
      if (weight > 0) sum += weight * this.#voxels[index]!
    }
    return sum
  }

  /** Every value along a ray in steps of `stepVoxels`, those inside the box. */
  *along(originMm: Vec3, direction: Vec3, stepVoxels: number, toMm: number): Generator<number> {
    const stepMm = stepVoxels * voxelAlongMm(this.voxelFromPatient, direction)
    for (let mm = 0; mm <= toMm; mm += stepMm) {
      const value = this.at(add(originMm, scale(direction, mm)))
      if (value !== undefined) yield value
    }
  }
}

/** How far a ray of unit length goes while it crosses one voxel. */
export const voxelAlongMm = (
  voxelFromPatient: Transform<'voxel', 'patient'>,
  direction: Vec3,
): number => 1 / length(transformVector(voxelFromPatient, direction))
