import type { Vec3 } from '../geometry/transform.ts'

/** A closed surface, patient mm. Triangles are counter-clockwise seen from outside. */
export interface Surface {
  /** x, y, z of each corner. */
  readonly positions: Float32Array<ArrayBuffer>
  /** Of unit length, outwards; one for each corner. */
  readonly normals: Float32Array<ArrayBuffer>
  /** Three corners for each triangle. */
  readonly indices: Uint32Array<ArrayBuffer>
}

/** A fraction of 0…255 for every voxel, x fastest; outside of it there is nothing. */
export interface FractionMap {
  readonly dims: Vec3
  /** Row-major, voxel centres. */
  readonly patientFromVoxel: readonly number[]
  readonly data: Uint8Array
}

/** Half of a voxel: on a map of 0 and 255 the surface passes midway between two centres. */
export const surfaceAt = 127.5

export interface Enclosed {
  readonly volumeMm3: number
  /** Centre of gravity. */
  readonly centreMm: Vec3
}

/** What a closed surface encloses, by the divergence theorem. */
export function enclosedBy({ positions, indices }: Surface): Enclosed {
  let [six, mx, my, mz] = [0, 0, 0, 0]
  // Near the surface, so that coordinates far from the origin cancel less.
  const [ox, oy, oz] = [positions[0] ?? 0, positions[1] ?? 0, positions[2] ?? 0]
  for (let n = 0; n < indices.length; n += 3) {
    const [a, b, c] = [3 * indices[n]!, 3 * indices[n + 1]!, 3 * indices[n + 2]!]
    const [ax, ay, az] = [positions[a]! - ox, positions[a + 1]! - oy, positions[a + 2]! - oz]
    const [bx, by, bz] = [positions[b]! - ox, positions[b + 1]! - oy, positions[b + 2]! - oz]
    const [cx, cy, cz] = [positions[c]! - ox, positions[c + 1]! - oy, positions[c + 2]! - oz]
    const part = ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx)
    six += part
    mx += part * (ax + bx + cx)
    my += part * (ay + by + cy)
    mz += part * (az + bz + cz)
  }
  if (!(six > 0)) return { volumeMm3: 0, centreMm: [ox, oy, oz] }
  const share = 1 / (4 * six)
  return {
    volumeMm3: six / 6,
    centreMm: [ox + mx * share, oy + my * share, oz + mz * share],
  }
}

export function areaMm2({ positions, indices }: Surface): number {
  let twice = 0
  for (let n = 0; n < indices.length; n += 3) {
    const [a, b, c] = [3 * indices[n]!, 3 * indices[n + 1]!, 3 * indices[n + 2]!]
    const [ax, ay, az] = [positions[a]!, positions[a + 1]!, positions[a + 2]!]
    const [bx, by, bz] = [positions[b]! - ax, positions[b + 1]! - ay, positions[b + 2]! - az]
    const [cx, cy, cz] = [positions[c]! - ax, positions[c + 1]! - ay, positions[c + 2]! - az]
    twice += Math.hypot(by * cz - bz * cy, bz * cx - bx * cz, bx * cy - by * cx)
  }
  return twice / 2
}

/** What the voxels of a map hold: a fractional one counts for its fraction. */
export function heldMm3({ data, patientFromVoxel }: FractionMap): number {
  let sum = 0
  for (let n = 0; n < data.length; n++) sum += data[n]!
  return (sum / 255) * Math.abs(voxelMm3(patientFromVoxel))
}

/** Of one voxel, sheared ones too; negative where the voxel axes are left-handed in the patient. */
export function voxelMm3(m: readonly number[]): number {
  return (
    m[0]! * (m[5]! * m[10]! - m[6]! * m[9]!) -
    m[1]! * (m[4]! * m[10]! - m[6]! * m[8]!) +
    m[2]! * (m[4]! * m[9]! - m[5]! * m[8]!)
  )
}

/** The length of the steps along i, j and k. */
export const spacingMm = (m: readonly number[]): number[] =>
  [0, 1, 2].map((axis) => Math.hypot(m[axis]!, m[axis + 4]!, m[axis + 8]!))
