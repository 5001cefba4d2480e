import type { Dims } from '../pyramid-plan.ts'
import type { Voxels } from '../voxels.ts'

/** Trilinear in voxel coordinates; outside the centres' box it is `outside`. */
export function sampler(voxels: Voxels, [ni, nj, nk]: Dims, outside: number) {
  const slice = ni * nj
  return (x: number, y: number, z: number): number => {
    if (!(x >= 0 && y >= 0 && z >= 0 && x <= ni - 1 && y <= nj - 1 && z <= nk - 1)) return outside
    const i = Math.min(Math.floor(x), Math.max(0, ni - 2))
    const j = Math.min(Math.floor(y), Math.max(0, nj - 2))
    const k = Math.min(Math.floor(z), Math.max(0, nk - 2))
    const [di, dj, dk] = [ni > 1 ? 1 : 0, nj > 1 ? ni : 0, nk > 1 ? slice : 0]
    const [fx, fy, fz] = [x - i, y - j, z - k]
    const at = k * slice + j * ni + i
    const v = voxels as ArrayLike<number> as number[]
    const a = v[at]! + fx * (v[at + di]! - v[at]!)
    const b = v[at + dj]! + fx * (v[at + dj + di]! - v[at + dj]!)
    const c = v[at + dk]! + fx * (v[at + dk + di]! - v[at + dk]!)
    const d = v[at + dk + dj]! + fx * (v[at + dk + dj + di]! - v[at + dk + dj]!)
    const front = a + fy * (b - a)
    return front + fz * (c + fy * (d - c) - front)
  }
}
