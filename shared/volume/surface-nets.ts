import {
  areaMm2,
  enclosedBy,
  type FractionMap,
  heldMm3,
  type Surface,
  spacingMm,
  surfaceAt,
  voxelMm3,
} from './surface.ts'
import { smoothNormals } from './surface-normals.ts'
import { relax } from './surface-relax.ts'

/** Corners are put this far out or in at most, of the finest step. */
const mostOffset = 0.1

/**
 * The surface at half of a voxel as naive surface nets (Gibson 1998): one corner in every cell of
 * eight voxel centres that the surface passes, one quad for every pair of neighbours that it parts.
 * Corners are eased within their cells, so that steps between slices do not show and no part
 * thinner than a voxel is lost; then all are put out by the hair's breadth that such a surface
 * shrinks where it is round, so that it encloses what the voxels hold.
 * The map's outermost voxels are empty (`cropped`).
 */
export function surfaceOf(map: FractionMap): Surface {
  const net = netOf(map)
  relax(net)
  const m = map.patientFromVoxel
  const positions = new Float32Array(net.corners.length)
  for (let n = 0; n < positions.length; n += 3) {
    const [x, y, z] = [net.corners[n]!, net.corners[n + 1]!, net.corners[n + 2]!]
    positions[n] = m[0]! * x + m[1]! * y + m[2]! * z + m[3]!
    positions[n + 1] = m[4]! * x + m[5]! * y + m[6]! * z + m[7]!
    positions[n + 2] = m[8]! * x + m[9]! * y + m[10]! * z + m[11]!
  }
  const indices = triangles(net.quads, positions, voxelMm3(m) < 0)
  const surface = { positions, normals: smoothNormals(positions, indices), indices }
  const missingMm3 = heldMm3(map) - enclosedBy(surface).volumeMm3
  const most = mostOffset * Math.min(...spacingMm(m))
  const offsetMm = Math.min(Math.max(missingMm3 / areaMm2(surface), -most), most)
  for (let n = 0; n < positions.length; n++) positions[n]! += offsetMm * surface.normals[n]!
  return surface
}

/** Corners in voxels, the least corner of the cell of each, and four corners for each quad. */
export interface Net {
  readonly corners: Float64Array
  readonly cells: Uint16Array
  readonly quads: Uint32Array
}

/** How many triangles the surface of a map has. */
export function countTriangles({ dims: [ni, nj, nk], data }: FractionMap): number {
  let parted = 0
  const slice = ni * nj
  for (let k = 0; k < nk - 1; k++) {
    for (let j = 0; j < nj - 1; j++) {
      let at = k * slice + j * ni
      for (const end = at + ni - 1; at < end; at++) {
        const inside = data[at]! > surfaceAt
        if (data[at + 1]! > surfaceAt !== inside) parted++
        if (data[at + ni]! > surfaceAt !== inside) parted++
        if (data[at + slice]! > surfaceAt !== inside) parted++
      }
    }
  }
  return 2 * parted
}

function netOf(map: FractionMap): Net {
  const [ni, nj, nk] = map.dims
  const { data } = map
  const slice = ni * nj
  const quads = new Uint32Array(2 * countTriangles(map))
  const corners: number[] = []
  const cells: number[] = []
  // The corner of each cell of this slice of cells and of the one below.
  let here = new Uint32Array(slice)
  let below = new Uint32Array(slice)
  let quad = 0
  const put = (outward: boolean, a: number, b: number, c: number, d: number) => {
    quads[quad] = a
    quads[quad + 1] = outward ? b : d
    quads[quad + 2] = c
    quads[quad + 3] = outward ? d : b
    quad += 4
  }
  for (let k = 0; k < nk - 1; k++) {
    for (let j = 0; j < nj - 1; j++) {
      for (let i = 0; i < ni - 1; i++) {
        const at = k * slice + j * ni + i
        const inside = data[at]! > surfaceAt
        const sum =
          +inside +
          +(data[at + 1]! > surfaceAt) +
          +(data[at + ni]! > surfaceAt) +
          +(data[at + ni + 1]! > surfaceAt) +
          +(data[at + slice]! > surfaceAt) +
          +(data[at + slice + 1]! > surfaceAt) +
          +(data[at + slice + ni]! > surfaceAt) +
          +(data[at + slice + ni + 1]! > surfaceAt)
        if (sum === 0 || sum === 8) continue
        const n = j * ni + i
        here[n] = cells.length / 3
        addCorner(corners, data, at, [ni, slice], i, j, k)
        cells.push(i, j, k)
        // The empty border sees to it that the cells before these exist.
        if (data[at + 1]! > surfaceAt !== inside) {
          put(inside, here[n]!, here[n - ni]!, below[n - ni]!, below[n]!)
        }
        if (data[at + ni]! > surfaceAt !== inside) {
          put(inside, here[n]!, below[n]!, below[n - 1]!, here[n - 1]!)
        }
        if (data[at + slice]! > surfaceAt !== inside) {
          put(inside, here[n]!, here[n - 1]!, here[n - ni - 1]!, here[n - ni]!)
        }
      }
    }
    ;[here, below] = [below, here]
  }
  return { corners: Float64Array.from(corners), cells: Uint16Array.from(cells), quads }
}

/** The corners of a cell that each of its twelve edges joins: bit 0 along i, 1 along j, 2 along k. */
const cellEdges = [0, 1, 2].flatMap((axis) =>
  [0, 1, 2, 3, 4, 5, 6, 7]
    .filter((corner) => (corner & (1 << axis)) === 0)
    .map((corner) => [corner, corner | (1 << axis), axis] as const),
)

/** In the middle of where the surface crosses the cell's edges. */
function addCorner(
  corners: number[],
  data: Uint8Array,
  at: number,
  [row, slice]: readonly [number, number],
  i: number,
  j: number,
  k: number,
): void {
  const place = [0, 0, 0]
  let crossings = 0
  const value = (corner: number) =>
    data[at + (corner & 1) + (corner & 2 ? row : 0) + (corner & 4 ? slice : 0)]!
  for (const [from, to, axis] of cellEdges) {
    const [a, b] = [value(from), value(to)]
    if (a > surfaceAt === b > surfaceAt) continue
    crossings++
    place[0]! += from & 1
    place[1]! += (from >> 1) & 1
    place[2]! += from >> 2
    place[axis]! += (surfaceAt - a) / (b - a)
  }
  corners.push(i + place[0]! / crossings, j + place[1]! / crossings, k + place[2]! / crossings)
}

/** Each quad cut along its shorter diagonal. */
function triangles(
  quads: Uint32Array,
  positions: Float32Array,
  mirrored: boolean,
): Uint32Array<ArrayBuffer> {
  const indices = new Uint32Array(quads.length * 1.5)
  const apart = (a: number, b: number) =>
    Math.hypot(
      positions[3 * a]! - positions[3 * b]!,
      positions[3 * a + 1]! - positions[3 * b + 1]!,
      positions[3 * a + 2]! - positions[3 * b + 2]!,
    )
  for (let n = 0, to = 0; n < quads.length; n += 4, to += 6) {
    const a = quads[n]!
    const b = quads[mirrored ? n + 3 : n + 1]!
    const c = quads[n + 2]!
    const d = quads[mirrored ? n + 1 : n + 3]!
    indices.set(apart(a, c) <= apart(b, d) ? [a, b, c, a, c, d] : [b, c, d, b, d, a], to)
  }
  return indices
}
