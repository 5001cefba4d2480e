import type { Vec3 } from '../geometry/transform.ts'
import { add, cross, dot, length, normalize, scale, subtract } from '../geometry/vector.ts'
import { type ChunkedVoxels, chunkCounts } from './reslice-level.ts'
import { type PlaneTile, placeInVoxels, slabInVoxels, wholePlane } from './reslice-slab.ts'
import type { Slab } from './slice.ts'
import { beyondCentres } from './trilinear.ts'

/** A box with any three edges, given by its middle and half of each edge. */
interface Parallelepiped {
  readonly middle: Vec3
  readonly halves: readonly Vec3[]
}

/** What touches a chunk's edge only, with a share of nothing, does not need it. */
const tolerance = 1e-6

/**
 * The chunks that interpolation in a slab, or in a tile of its plane, reads, nearest its middle
 * first. Two convex bodies are apart where a plane between them is parallel to a face of one or to
 * an edge of both, so that no voxel has to be looked at.
 */
export function chunksOfSlab(
  level: ChunkedVoxels,
  slab: Slab,
  tile: PlaneTile = wholePlane(slab),
): Vec3[] {
  if (tile.columns < 1 || tile.rows < 1) return []
  const body = bodyOf(level, slab, tile)
  const counts = chunkCounts(level)
  const { chunkDims, dims } = level
  const reach = ([0, 1, 2] as const).map((axis) => {
    const half = body.halves.reduce((sum, edge) => sum + Math.abs(edge[axis]), 1)
    const chunkAt = (voxel: number) =>
      Math.min(Math.max(Math.floor(voxel / chunkDims[axis]), 0), counts[axis] - 1)
    return [chunkAt(body.middle[axis] - half), chunkAt(body.middle[axis] + half)]
  }) as unknown as readonly [Reach, Reach, Reach]
  const axes = separatingAxes(body)
  const near: { at: Vec3; distance: number }[] = []
  for (let k = reach[2][0]; k <= reach[2][1]; k++)
    for (let j = reach[1][0]; j <= reach[1][1]; j++)
      for (let i = reach[0][0]; i <= reach[0][1]; i++) {
        const at: Vec3 = [i, j, k]
        const box = boxOfChunk(at, chunkDims, dims)
        if (axes.some((axis) => isApart(axis, body, box))) continue
        near.push({ at, distance: length(subtract(box.middle, body.middle)) })
      }
  return near.sort((a, b) => a.distance - b.distance).map(({ at }) => at)
}

type Reach = readonly [first: number, last: number]

function bodyOf(level: ChunkedVoxels, slab: Slab, tile: PlaneTile): Parallelepiped {
  const space = slabInVoxels(level, slab)
  const [columns, rows] = [tile.columns - 1, tile.rows - 1]
  return {
    middle: placeInVoxels(space, tile.column + columns / 2, tile.row + rows / 2, [0, 0, 0]),
    halves: [
      scale(space.columnStep, columns / 2),
      scale(space.rowStep, rows / 2),
      space.sheets.at(-1) ?? [0, 0, 0],
    ],
  }
}

/** Where samples read a voxel of the chunk: up to a voxel around it, and to the end of the volume. */
function boxOfChunk(at: Vec3, chunkDims: Vec3, dims: Vec3): { middle: Vec3; half: Vec3 } {
  const ends = ([0, 1, 2] as const).map((axis) => {
    const first = at[axis] * chunkDims[axis]
    const last = Math.min(first + chunkDims[axis], dims[axis]) - 1
    const low = first === 0 ? -beyondCentres - tolerance : first - 1 + tolerance
    const isEnd = last === dims[axis] - 1
    const high = isEnd ? last + beyondCentres + tolerance : last + 1 - tolerance
    return [(low + high) / 2, (high - low) / 2]
  }) as [[number, number], [number, number], [number, number]]
  return {
    middle: [ends[0][0], ends[1][0], ends[2][0]],
    half: [ends[0][1], ends[1][1], ends[2][1]],
  }
}

function separatingAxes({ halves }: Parallelepiped): Vec3[] {
  const boxAxes: Vec3[] = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]
  const edges = halves.filter((edge) => length(edge) > 0).map((edge) => normalize(edge))
  const faces = edges.flatMap((a, n) => edges.slice(n + 1).map((b) => cross(a, b)))
  const between = edges.flatMap((edge) => boxAxes.map((axis) => cross(edge, axis)))
  // Of two parallel edges nothing but rounding is left.
  const skew = [...faces, ...between].filter((axis) => length(axis) > 1e-9)
  return [...boxAxes, ...skew.map((axis) => normalize(axis))]
}

function isApart(
  axis: Vec3,
  { middle, halves }: Parallelepiped,
  box: { middle: Vec3; half: Vec3 },
): boolean {
  const gap = Math.abs(dot(axis, add(box.middle, scale(middle, -1))))
  const [x, y, z] = box.half
  const boxReach = x * Math.abs(axis[0]) + y * Math.abs(axis[1]) + z * Math.abs(axis[2])
  return gap > boxReach + halves.reduce((sum, edge) => sum + Math.abs(dot(axis, edge)), 0)
}
