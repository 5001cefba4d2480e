import type { Dims } from '../pyramid-plan.ts'
import type { Voxels } from '../voxels.ts'

/** Trilinear in voxel coordinates; outside the centres' box it is `outside`. */
export function sampler(voxels: Voxels, [ni, nj, nk]: Dims, outside: number) {
  const [lastI, lastJ, lastK] = [ni - 1, nj - 1, nk - 1]
  const [mostI, mostJ, mostK] = [Math.max(0, ni - 2), Math.max(0, nj - 2), Math.max(0, nk - 2)]
  const di = ni > 1 ? 1 : 0
  const dj = nj > 1 ? ni : 0
  const dk = nk > 1 ? ni * nj : 0
  return (x: number, y: number, z: number): number => {
    if (!(x >= 0 && y >= 0 && z >= 0 && x <= lastI && y <= lastJ && z <= lastK)) return outside
    const i = Math.min(x | 0, mostI)
    const j = Math.min(y | 0, mostJ)
    const k = Math.min(z | 0, mostK)
    const fx = x - i
    const fy = y - j
    const at = k * dk + j * dj + i
    const a = voxels[at]! + fx * (voxels[at + di]! - voxels[at]!)
    const b = voxels[at + dj]! + fx * (voxels[at + dj + di]! - voxels[at + dj]!)
    const c = voxels[at + dk]! + fx * (voxels[at + dk + di]! - voxels[at + dk]!)
    const d = voxels[at + dk + dj]! + fx * (voxels[at + dk + dj + di]! - voxels[at + dk + dj]!)
    const near = a + fy * (b - a)
    return near + (z - k) * (c + fy * (d - c) - near)
  }
}
