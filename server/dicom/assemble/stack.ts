import type { Instance } from '../instance.ts'
import { dot, normalOf } from './lattice.ts'
import type { Run } from './runs.ts'

/** Parallel slices in order along the normal, and the one affine that places all of them. */
export interface Stack {
  /** One for each k; undefined where none was sent. */
  readonly slices: readonly (Instance | undefined)[]
  /** Those that were sent. */
  readonly instances: readonly Instance[]
  /** 16 numbers, row-major, mm LPS, voxel centres; a gantry tilt stays in it as shear. */
  readonly patientFromVoxel: readonly number[]
  readonly sliceGapMm: number
  /** Between the slices' normal and the line through their centres. */
  readonly tiltDegrees: number
}

export function stack({ instances, lattice }: Run): Stack {
  const { row, column, spacingMm } = instances[0]!.plane
  const { first, step, places, size } = lattice
  const [rowsMm, columnsMm] = spacingMm
  const patientFromVoxel = [0, 1, 2].flatMap((axis) => [
    row[axis]! * columnsMm,
    column[axis]! * rowsMm,
    step[axis]!,
    first[axis]!,
  ])
  const slices = new Array<Instance | undefined>(size).fill(undefined)
  for (const [n, instance] of instances.entries()) slices[places[n]!] = instance
  const sliceGapMm = dot(step, normalOf(instances[0]!.plane))
  const cosine = Math.min(1, sliceGapMm / Math.hypot(...step))
  return {
    slices,
    instances,
    patientFromVoxel: [...patientFromVoxel, 0, 0, 0, 1],
    sliceGapMm,
    tiltDegrees: (Math.acos(cosine) * 180) / Math.PI,
  }
}
