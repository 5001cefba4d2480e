import type { Vec3 } from '../geometry/transform.ts'
import { dot } from '../geometry/vector.ts'

/** Along a ray `origin + t · direction`: the stretch from `from` to `to`. */
export interface RayStretch {
  readonly from: number
  readonly to: number
}

/** Keeps the side dot(normal, p) >= offsetMm, p in patient mm; the normal need not be of unit length. */
export interface ClippingPlane {
  readonly normal: Vec3
  readonly offsetMm: number
}

/** The part of a stretch inside the box from the origin to `size`; undefined where it misses it. */
export function stretchInBox(
  origin: Vec3,
  direction: Vec3,
  size: Vec3,
  { from, to }: RayStretch = { from: 0, to: Infinity },
): RayStretch | undefined {
  let [enter, leave] = [from, to]
  for (const axis of [0, 1, 2] as const) {
    if (direction[axis] === 0) {
      if (origin[axis] < 0 || origin[axis] > size[axis]) return undefined
      continue
    }
    const a = -origin[axis] / direction[axis]
    const b = (size[axis] - origin[axis]) / direction[axis]
    enter = Math.max(enter, Math.min(a, b))
    leave = Math.min(leave, Math.max(a, b))
  }
  return enter < leave ? { from: enter, to: leave } : undefined
}

/** The part of a stretch on the kept side of every plane. */
export function stretchOnKeptSide(
  origin: Vec3,
  direction: Vec3,
  planes: readonly ClippingPlane[],
  { from, to }: RayStretch,
): RayStretch | undefined {
  let [enter, leave] = [from, to]
  for (const { normal, offsetMm } of planes) {
    const height = dot(normal, origin) - offsetMm
    const climb = dot(normal, direction)
    if (climb > 0) enter = Math.max(enter, -height / climb)
    else if (climb < 0) leave = Math.min(leave, -height / climb)
    else if (height < 0) return undefined
  }
  return enter < leave ? { from: enter, to: leave } : undefined
}

/**
 * Trilinear, as the GPU does it: `at` counts texels from the texture's corner, so that the centre of
 * texel n lies at n + 0.5; beyond the outermost centres the edge holds. `decode` turns bits into numbers.
 */
export function sampleTexels(
  texels: Uint16Array,
  decode: Float32Array,
  [ni, nj, nk]: Vec3,
  [x, y, z]: Vec3,
): number {
  const [i0, i1, fi] = between(x, ni)
  const [j0, j1, fj] = between(y, nj)
  const [k0, k1, fk] = between(z, nk)
  const value = (i: number, j: number, k: number) =>
    decode[texels[(k * nj + j) * ni + i] as number] as number
  const row = (j: number, k: number) => mix(value(i0, j, k), value(i1, j, k), fi)
  return mix(mix(row(j0, k0), row(j1, k0), fj), mix(row(j0, k1), row(j1, k1), fj), fk)
}

const mix = (a: number, b: number, t: number) => a + t * (b - a)

function between(position: number, count: number): [number, number, number] {
  const centred = Math.min(Math.max(position - 0.5, 0), count - 1)
  const low = Math.min(Math.floor(centred), Math.max(count - 2, 0))
  return [low, Math.min(low + 1, count - 1), centred - low]
}
