import type { Vec3 } from '../geometry/transform.ts'
import type { VoxelData } from './half-float.ts'
import { type ChunkedVoxels, chunkCounts } from './reslice-level.ts'

/** What a sample is where a chunk that it needs is not here; nothing (padding) is not-a-number. */
export const missing = Infinity

/** Reads as undefined, which arithmetic takes for not-a-number. */
const nowhere: VoxelData = new Int16Array(0)

/** Shares of a cell this small come from rounding, not from where somebody points. */
const noShare = 1e-6

/** The voxel box reaches half a voxel beyond the outermost centres; the edge holds there. */
export const beyondCentres = 0.5

/**
 * Reads stored values between voxel centres, in double precision. A cell of which any part is
 * padding is nothing, as in the 3D picture: what was measured is never mixed with what was not, and
 * no value is made up in its place. Values that are not finite count as padding.
 */
export class Trilinear {
  readonly #dims: Vec3
  readonly #chunks: readonly (VoxelData | undefined)[]
  /** By index along an axis: the place of its chunk in `#chunks`, and its own place in the chunk. */
  readonly #chunkAt: readonly [Int32Array, Int32Array, Int32Array]
  readonly #voxelAt: readonly [Int32Array, Int32Array, Int32Array]
  readonly #padding: number

  /** Only the chunks named are read, and held as long as this is. */
  constructor(level: ChunkedVoxels, chunks: readonly Vec3[], paddingValue: number | undefined) {
    const { dims, chunkDims } = level
    const [ci, cj, ck] = chunkCounts(level)
    this.#dims = dims
    const held = new Array<VoxelData | undefined>(ci * cj * ck).fill(undefined)
    for (const at of chunks) held[(at[2] * cj + at[1]) * ci + at[0]] = level.peek(at)
    this.#chunks = held
    const table = (axis: 0 | 1 | 2, entry: (n: number) => number) =>
      Int32Array.from({ length: dims[axis] }, (_, n) => entry(n))
    const chunkAlong = (axis: 0 | 1 | 2, step: number) =>
      table(axis, (n) => Math.floor(n / chunkDims[axis]) * step)
    const voxelAlong = (axis: 0 | 1 | 2, step: number) =>
      table(axis, (n) => (n % chunkDims[axis]) * step)
    this.#chunkAt = [chunkAlong(0, 1), chunkAlong(1, ci), chunkAlong(2, ci * cj)]
    const [ni, nj] = chunkDims
    this.#voxelAt = [voxelAlong(0, 1), voxelAlong(1, ni), voxelAlong(2, ni * nj)]
    const isFloat = held.some((chunk) => chunk instanceof Float32Array)
    const padding = paddingValue ?? Number.NaN
    this.#padding = isFloat ? Math.fround(padding) : padding
  }

  /**
   * Fills `into` from `from` up to `to` with the samples at `start + n · step`, in voxels, n from
   * `from` on. All of them must lie in the voxel box.
   */
  line(into: Float64Array, from: number, to: number, start: Vec3, step: Vec3): void {
    const [x0, y0, z0] = start
    const [dx, dy, dz] = step
    const [xEnd, yEnd, zEnd] = [this.#dims[0] - 1, this.#dims[1] - 1, this.#dims[2] - 1]
    const [ci, cj, ck] = this.#chunkAt
    const [vi, vj, vk] = this.#voxelAt
    const chunks = this.#chunks
    const padding = this.#padding
    for (let n = from; n < to; n++) {
      let x = x0 + n * dx
      let y = y0 + n * dy
      let z = z0 + n * dz
      if (x < 0) x = 0
      else if (x > xEnd) x = xEnd
      if (y < 0) y = 0
      else if (y > yEnd) y = yEnd
      if (z < 0) z = 0
      else if (z > zEnd) z = zEnd
      const i = x | 0
      const j = y | 0
      const k = z | 0
      const fx = x - i
      const fy = y - j
      const fz = z - k
      const i1 = fx > 0 ? i + 1 : i
      const j1 = fy > 0 ? j + 1 : j
      const k1 = fz > 0 ? k + 1 : k
      const [ca, cb] = [ci[i] as number, ci[i1] as number]
      const near = (cj[j] as number) + (ck[k] as number)
      const nearBelow = (cj[j1] as number) + (ck[k] as number)
      const far = (cj[j] as number) + (ck[k1] as number)
      const farBelow = (cj[j1] as number) + (ck[k1] as number)
      const [va, vb] = [vi[i] as number, vi[i1] as number]
      const vNear = (vj[j] as number) + (vk[k] as number)
      const vNearBelow = (vj[j1] as number) + (vk[k] as number)
      const vFar = (vj[j] as number) + (vk[k1] as number)
      const vFarBelow = (vj[j1] as number) + (vk[k1] as number)
      // The chunk of the first voxel; most cells lie in it whole. One that is not here reads as NaN.
      const first = chunks[ca + near] ?? nowhere
      let v000: number, v100: number, v010: number, v110: number
      let v001: number, v101: number, v011: number, v111: number
      if (ca === cb && near === farBelow) {
        v000 = first[va + vNear] as number
        v100 = first[vb + vNear] as number
        v010 = first[va + vNearBelow] as number
        v110 = first[vb + vNearBelow] as number
        v001 = first[va + vFar] as number
        v101 = first[vb + vFar] as number
        v011 = first[va + vFarBelow] as number
        v111 = first[vb + vFarBelow] as number
      } else {
        v000 = first[va + vNear] as number
        v100 = (chunks[cb + near] ?? nowhere)[vb + vNear] as number
        v010 = (chunks[ca + nearBelow] ?? nowhere)[va + vNearBelow] as number
        v110 = (chunks[cb + nearBelow] ?? nowhere)[vb + vNearBelow] as number
        v001 = (chunks[ca + far] ?? nowhere)[va + vFar] as number
        v101 = (chunks[cb + far] ?? nowhere)[vb + vFar] as number
        v011 = (chunks[ca + farBelow] ?? nowhere)[va + vFarBelow] as number
        v111 = (chunks[cb + farBelow] ?? nowhere)[vb + vFarBelow] as number
      }
      const top = v000 + fx * (v100 - v000)
      const bottom = v010 + fx * (v110 - v010)
      const farTop = v001 + fx * (v101 - v001)
      const farBottom = v011 + fx * (v111 - v011)
      const front = top + fy * (bottom - top)
      const value = front + fz * (farTop + fy * (farBottom - farTop) - front)
      const isWhole =
        v000 !== padding &&
        v100 !== padding &&
        v010 !== padding &&
        v110 !== padding &&
        v001 !== padding &&
        v101 !== padding &&
        v011 !== padding &&
        v111 !== padding &&
        value - value === 0
      into[n] = isWhole ? value : this.#inParts(x, y, z)
    }
  }

  /** The same for a cell with padding in it, or of which a chunk is not here. */
  #inParts(x: number, y: number, z: number): number {
    const [i, j, k] = [x | 0, y | 0, z | 0]
    const [fx, fy, fz] = [x - i, y - j, z - k]
    let sum = 0
    let share = 0
    for (let corner = 0; corner < 8; corner++) {
      const [right, below, far] = [corner & 1, (corner >> 1) & 1, corner >> 2]
      const weight = (right ? fx : 1 - fx) * (below ? fy : 1 - fy) * (far ? fz : 1 - fz)
      if (weight === 0) continue
      const value = this.#voxel(i + right, j + below, k + far)
      if (value === undefined) {
        if (weight > noShare) return missing
      } else if (value !== this.#padding && Number.isFinite(value)) {
        sum += weight * value
        share += weight
      }
    }
    return share >= 1 - noShare ? sum / share : Number.NaN
  }

  #voxel(i: number, j: number, k: number): number | undefined {
    const [ci, cj, ck] = this.#chunkAt
    const [vi, vj, vk] = this.#voxelAt
    const chunk = this.#chunks[(ci[i] as number) + (cj[j] as number) + (ck[k] as number)]
    return chunk?.[(vi[i] as number) + (vj[j] as number) + (vk[k] as number)]
  }
}
