import {
  type Transform,
  transform,
  transformPoint,
  type Vec3,
} from '../../../../shared/geometry/transform.ts'
import { length, normalize, subtract } from '../../../../shared/geometry/vector.ts'
import type { TransferFunction } from '../../../../shared/volume/transfer-function.ts'
import type { View, VolumeRequest } from './bench-page.ts'
import { base64OfVoxels } from './open-volume-page.ts'

export interface Phantom {
  readonly dims: Vec3
  readonly patientFromVoxel: Transform<'patient', 'voxel'>
  /** Of a point in patient mm. */
  readonly valueAt: (patientMm: Vec3) => number
}

/** Turned about two axes, uneven spacing, and sheared as a tilted gantry shears. Centre near 0. */
export const obliqueFromVoxel = (() => {
  const [c, s] = [Math.cos(0.4), Math.sin(0.4)]
  const [c2, s2] = [Math.cos(-0.3), Math.sin(-0.3)]
  const turn = [c * c2, -s, c * s2, s * c2, c, s * s2, -s2, 0, c2]
  const spaced = [1.1, 0, 0, 0, 0.9, 0.6, 0, 0, 2.3]
  const m = [0, 1, 2].map((row) =>
    [0, 1, 2].map((column) =>
      [0, 1, 2].reduce((sum, n) => sum + turn[3 * row + n]! * spaced[3 * n + column]!, 0),
    ),
  )
  const shift = m.map((row) => -(row[0]! * 47.5 + row[1]! * 55.5 + row[2]! * 21.5))
  return transform<'patient', 'voxel'>([
    ...m.flatMap((row, n) => [...row, shift[n]!]),
    ...[0, 0, 0, 1],
  ])
})()
export const obliqueDims: Vec3 = [96, 112, 44]

export const inBall = (centre: Vec3, radiusMm: number) => (at: Vec3) =>
  length(subtract(at, centre)) <= radiusMm

/** One voxel a mm, its corner (not its first voxel's centre) at the origin. */
export const cubeFromVoxel = transform<'patient', 'voxel'>([
  1, 0, 0, 0.5, 0, 1, 0, 0.5, 0, 0, 1, 0.5, 0, 0, 0, 1,
])

export function voxelsOf({ dims: [ni, nj, nk], patientFromVoxel, valueAt }: Phantom): Int16Array {
  const voxels = new Int16Array(ni * nj * nk)
  let n = 0
  for (let k = 0; k < nk; k++)
    for (let j = 0; j < nj; j++)
      for (let i = 0; i < ni; i++)
        voxels[n++] = valueAt(transformPoint(patientFromVoxel, [i, j, k]))
  return voxels
}

export function requestFor(
  phantom: Phantom,
  options: VolumeRequest['options'],
  paddingValue?: number,
): VolumeRequest {
  return {
    voxels: {
      dims: phantom.dims,
      patientFromVoxel: [...phantom.patientFromVoxel],
      type: 'int16',
      base64: base64OfVoxels(voxelsOf(phantom)),
      ...(paddingValue !== undefined && { paddingValue }),
    },
    ...(options && { options: { quality: 'fixed', stepVoxels: 1, ...options } }),
  }
}

/** White from `value` on, of one opacity a mm; nothing below. */
export const whiteFrom = (value: number, opacity: number): TransferFunction => [
  { value: value - 1e-3, r: 1, g: 1, b: 1, opacity: 0 },
  { value, r: 1, g: 1, b: 1, opacity },
  { value: value + 1000, r: 1, g: 1, b: 1, opacity },
]

export const flatLight = { ambient: 1, diffuse: 0 }

/** World metres of a patient point, as the bench places volumes: x = left, y = head, z = anterior. */
export const worldOf = ([x, y, z]: Vec3): Vec3 => [x / 1000, z / 1000, -y / 1000]

export type OrthographicView = View & { heightM: number; right: Vec3 }

/** Orthographic, the patient's origin in the middle. */
export const views: Record<'front' | 'feet' | 'left', OrthographicView> = {
  front: { eye: [0, 0, 1], target: [0, 0, 0], up: [0, 1, 0], right: [1, 0, 0], heightM: 0.2 },
  feet: { eye: [0, -1, 0], target: [0, 0, 0], up: [0, 0, 1], right: [1, 0, 0], heightM: 0.2 },
  left: { eye: [1, 0, 0], target: [0, 0, 0], up: [0, 1, 0], right: [0, 0, -1], heightM: 0.2 },
}

/** Where a patient point falls in a square orthographic picture, in pixels from its upper left. */
export function pixelOf(patientMm: Vec3, view: OrthographicView, size: number): [number, number] {
  const at = worldOf(patientMm)
  const along = (axis: Vec3) =>
    axis.reduce((sum, part, n) => sum + part * (at[n]! - view.target[n]!), 0)
  const perMetre = size / view.heightM
  return [size / 2 + along(view.right) * perMetre, size / 2 - along(view.up) * perMetre]
}

/** The inverse of `worldOf`. */
export const patientOf = ([x, y, z]: Vec3): Vec3 => [1000 * x, -1000 * z, 1000 * y]

/** The ray of a pixel's centre in a square orthographic picture: from the eye, in patient mm. */
export function rayOf(
  [x, y]: readonly [number, number],
  view: OrthographicView,
  size: number,
): { originMm: Vec3; direction: Vec3 } {
  const perPixel = view.heightM / size
  const [across, down] = [(x + 0.5 - size / 2) * perPixel, (y + 0.5 - size / 2) * perPixel]
  const at = (axis: 0 | 1 | 2) => view.eye[axis] + across * view.right[axis] - down * view.up[axis]
  return {
    originMm: patientOf([at(0), at(1), at(2)]),
    direction: normalize(patientOf(subtract(view.target, view.eye))),
  }
}

/** The same box and the same patient space in voxels `factor` times as long. */
export function coarser({ dims, patientFromVoxel: m, valueAt }: Phantom, factor: number): Phantom {
  const shift = (factor - 1) / 2
  const row = (n: number) => {
    const [a, b, c, t] = [m[n]!, m[n + 1]!, m[n + 2]!, m[n + 3]!]
    return [factor * a, factor * b, factor * c, t + shift * (a + b + c)]
  }
  return {
    dims: dims.map((count) => Math.ceil(count / factor)) as unknown as Vec3,
    patientFromVoxel: transform([...row(0), ...row(4), ...row(8), 0, 0, 0, 1]),
    valueAt,
  }
}
