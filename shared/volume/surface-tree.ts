import type { Vec3 } from '../geometry/transform.ts'
import type { RayStretch } from './sampling.ts'
import type { Surface } from './surface.ts'

/**
 * Boxes around boxes around triangles, so that a ray asks few of them. Level 0 has one box for each
 * run of triangles, every further level one for each run of boxes below; all levels one after another.
 */
export interface SurfaceTree {
  /** Least x, y, z, greatest x, y, z. */
  readonly boxes: Float32Array<ArrayBuffer>
  /** Where each level begins, in boxes; the last is their number. */
  readonly levels: readonly number[]
}

const trianglesInBox = 8
const boxesInBox = 8

/** Sorts the triangles of a surface, in place, by where they are, and puts boxes around them. */
export function treeOver({ positions, indices }: Surface): SurfaceTree {
  sortByPlace(positions, indices)
  const count = indices.length / 3
  const levels = [0]
  for (let size = Math.ceil(count / trianglesInBox); ; size = Math.ceil(size / boxesInBox)) {
    levels.push(levels.at(-1)! + size)
    if (size <= 1) break
  }
  const boxes = new Float32Array(6 * levels.at(-1)!)
  for (let at = 0; at < boxes.length; at += 6) {
    boxes.fill(Infinity, at, at + 3)
    boxes.fill(-Infinity, at + 3, at + 6)
  }
  const include = (box: number, x: number, y: number, z: number) => {
    const at = 6 * box
    boxes[at] = Math.min(boxes[at]!, x)
    boxes[at + 1] = Math.min(boxes[at + 1]!, y)
    boxes[at + 2] = Math.min(boxes[at + 2]!, z)
    boxes[at + 3] = Math.max(boxes[at + 3]!, x)
    boxes[at + 4] = Math.max(boxes[at + 4]!, y)
    boxes[at + 5] = Math.max(boxes[at + 5]!, z)
  }
  for (let n = 0; n < indices.length; n++) {
    const corner = 3 * indices[n]!
    const box = Math.floor(n / (3 * trianglesInBox))
    include(box, positions[corner]!, positions[corner + 1]!, positions[corner + 2]!)
  }
  for (let level = 1; level < levels.length - 1; level++) {
    for (let box = levels[level - 1]!; box < levels[level]!; box++) {
      const outer = levels[level]! + Math.floor((box - levels[level - 1]!) / boxesInBox)
      const at = 6 * box
      include(outer, boxes[at]!, boxes[at + 1]!, boxes[at + 2]!)
      include(outer, boxes[at + 3]!, boxes[at + 4]!, boxes[at + 5]!)
    }
  }
  return { boxes, levels }
}

export interface SurfaceHit {
  /** Along the ray, of its direction. */
  readonly at: number
  /** The ray goes in here; else it comes out. */
  readonly entering: boolean
}

/** Where a ray first meets a surface within a stretch of it. */
export function firstMeeting(
  { positions, indices }: Pick<Surface, 'positions' | 'indices'>,
  { boxes, levels }: SurfaceTree,
  origin: Vec3,
  direction: Vec3,
  { from, to }: RayStretch,
): SurfaceHit | undefined {
  let found: SurfaceHit | undefined
  let nearest = to
  const waiting: [level: number, box: number][] = [[levels.length - 2, 0]]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [level, box] = next
    if (!meetsBox(boxes, 6 * (levels[level]! + box), origin, direction, from, nearest)) continue
    if (level > 0) {
      const below = levels[level]! - levels[level - 1]!
      const end = Math.min((box + 1) * boxesInBox, below)
      for (let inner = box * boxesInBox; inner < end; inner++) waiting.push([level - 1, inner])
      continue
    }
    const end = Math.min(3 * (box + 1) * trianglesInBox, indices.length)
    for (let n = 3 * box * trianglesInBox; n < end; n += 3) {
      const hit = meetsTriangle(positions, indices, n, origin, direction)
      if (!hit || hit.at < from || hit.at >= nearest) continue
      nearest = hit.at
      found = hit
    }
  }
  return found
}

function meetsBox(
  boxes: Float32Array,
  at: number,
  origin: Vec3,
  direction: Vec3,
  from: number,
  to: number,
): boolean {
  let [enter, leave] = [from, to]
  for (let axis = 0; axis < 3; axis++) {
    const low = boxes[at + axis]! - origin[axis]!
    const high = boxes[at + 3 + axis]! - origin[axis]!
    const speed = direction[axis]!
    if (speed === 0) {
      if (low > 0 || high < 0) return false
      continue
    }
    const [a, b] = [low / speed, high / speed]
    enter = Math.max(enter, Math.min(a, b))
    leave = Math.min(leave, Math.max(a, b))
  }
  return enter <= leave
}

/** Möller and Trumbore 1997. */
function meetsTriangle(
  positions: Float32Array,
  indices: Uint32Array,
  n: number,
  [ox, oy, oz]: Vec3,
  [dx, dy, dz]: Vec3,
): SurfaceHit | undefined {
  const [a, b, c] = [3 * indices[n]!, 3 * indices[n + 1]!, 3 * indices[n + 2]!]
  const [ax, ay, az] = [positions[a]!, positions[a + 1]!, positions[a + 2]!]
  const [ux, uy, uz] = [positions[b]! - ax, positions[b + 1]! - ay, positions[b + 2]! - az]
  const [vx, vy, vz] = [positions[c]! - ax, positions[c + 1]! - ay, positions[c + 2]! - az]
  const [px, py, pz] = [dy * vz - dz * vy, dz * vx - dx * vz, dx * vy - dy * vx]
  // Six times what the triangle and the direction span: positive where the ray goes in.
  const span = ux * px + uy * py + uz * pz
  if (span === 0) return undefined
  const [tx, ty, tz] = [ox - ax, oy - ay, oz - az]
  const u = (tx * px + ty * py + tz * pz) / span
  if (u < -1e-6 || u > 1 + 1e-6) return undefined
  const [qx, qy, qz] = [ty * uz - tz * uy, tz * ux - tx * uz, tx * uy - ty * ux]
  const v = (dx * qx + dy * qy + dz * qz) / span
  if (v < -1e-6 || u + v > 1 + 1e-6) return undefined
  return { at: (vx * qx + vy * qy + vz * qz) / span, entering: span > 0 }
}

/** Along a curve that keeps neighbours together (Morton 1966), on a grid of 1024 a side. */
function sortByPlace(positions: Float32Array, indices: Uint32Array): void {
  const low = [Infinity, Infinity, Infinity]
  let widest = 0
  for (let n = 0; n < positions.length; n++) low[n % 3] = Math.min(low[n % 3]!, positions[n]!)
  for (let n = 0; n < positions.length; n++) widest = Math.max(widest, positions[n]! - low[n % 3]!)
  const count = indices.length / 3
  // The triangle in the low bits: one sort of plain numbers carries both.
  const keyed = new Float64Array(count)
  const share = 1023 / (widest || 1) / 3
  for (let n = 0; n < count; n++) {
    let code = 0
    for (let axis = 0; axis < 3; axis++) {
      let sum = 0
      for (let side = 0; side < 3; side++) sum += positions[3 * indices[3 * n + side]! + axis]!
      code |= spread((sum - 3 * low[axis]!) * share) << axis
    }
    keyed[n] = code * 2 ** 22 + n
  }
  keyed.sort()
  const before = indices.slice()
  for (let n = 0; n < count; n++) {
    const from = 3 * (keyed[n]! % 2 ** 22)
    indices.set(before.subarray(from, from + 3), 3 * n)
  }
}

/** Ten bits with two zeros between each. */
function spread(bits: number): number {
  let n = bits & 0x3ff
  n = (n | (n << 16)) & 0x30000ff
  n = (n | (n << 8)) & 0x300f00f
  n = (n | (n << 4)) & 0x30c30c3
  return (n | (n << 2)) & 0x9249249
}
