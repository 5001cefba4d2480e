import { transformPoint, transformVector, type Vec3 } from '../../shared/geometry/transform.ts'
import { add, length, normalize, scale } from '../../shared/geometry/vector.ts'
import { kindOf, reachOf } from '../../shared/volume/brick-codes.ts'
import { floatsFromHalves } from '../../shared/volume/half-float.ts'
import { brickSize } from '../../shared/volume/occupancy.ts'
import {
  type ClippingPlane,
  sampleTexels,
  stretchInBox,
  stretchOnKeptSide,
} from '../../shared/volume/sampling.ts'
import type { TransferTable } from '../../shared/volume/transfer-function.ts'
import { type ResidentLevel, texelFromPatient, type VolumeFrame } from './volume-level.ts'

/** Tissue counts as visible once a ray has gathered this share of a pixel; the shader agrees. */
export const visibleFrom = 0.05

export interface VisibleScene {
  readonly frame: VolumeFrame
  readonly level: ResidentLevel
  /** What the shader does in each brick. */
  readonly codes: Uint8Array
  readonly table: TransferTable
  readonly planes: readonly ClippingPlane[]
}

/** Where a ray first meets visible tissue, in patient mm: what the picture shows, on the CPU. */
export function firstVisiblePoint(
  { frame, level, codes, table, planes }: VisibleScene,
  originMm: Vec3,
  towards: Vec3,
): Vec3 | undefined {
  const direction = normalize(towards)
  const box = texelFromPatient(frame.patientFromVoxel)
  const inBox = stretchInBox(
    transformPoint(box, originMm),
    transformVector(box, direction),
    frame.dims,
  )
  const stretch = inBox && stretchOnKeptSide(originMm, direction, planes, inBox)
  if (!stretch) return undefined
  const texels = texelFromPatient(level.patientFromVoxel)
  const origin = transformPoint(texels, originMm)
  const speed = transformVector(texels, direction)
  const stepMm = 1 / length(speed)
  const decode = floatsFromHalves()
  let through = 1
  for (let mm = stretch.from + stepMm / 2; mm < stretch.to; mm += stepMm) {
    const at = add(origin, scale(speed, mm))
    const leapMm = emptyFor(at, speed, level, codes)
    if (leapMm > 0) {
      mm += Math.floor(leapMm / stepMm) * stepMm
      continue
    }
    const texel = sampleTexels(level.texels, decode, level.dims, at)
    if (texel < frame.lowestTexel) continue
    through *= Math.exp(-extinctionAt(table, texel / frame.encoding.scale) * stepMm)
    if (1 - through >= visibleFrom) return add(originMm, scale(direction, mm))
  }
  return undefined
}

/** How many mm from here are known to be empty. */
function emptyFor(at: Vec3, speed: Vec3, { ranges }: ResidentLevel, codes: Uint8Array): number {
  const brick = at.map((value, axis) =>
    Math.min(Math.max(Math.floor(value / brickSize), 0), (ranges.dims[axis] as number) - 1),
  )
  const [i, j, k] = brick as [number, number, number]
  const code = codes[(k * ranges.dims[1] + j) * ranges.dims[0] + i] as number
  if (kindOf(code) !== 0) return 0
  const away = reachOf(code)
  let leap = Infinity
  for (const axis of [0, 1, 2] as const) {
    if (speed[axis] === 0) continue
    const n = brick[axis] as number
    const wall = brickSize * (speed[axis] > 0 ? n + away : n - away + 1)
    leap = Math.min(leap, (wall - at[axis]) / speed[axis])
  }
  return leap
}

function extinctionAt({ low, high, size, rgbk }: TransferTable, value: number): number {
  const entry = Math.min(Math.max(((value - low) / (high - low)) * (size - 1), 0), size - 1)
  const n = Math.min(Math.floor(entry), size - 2)
  const [a, b] = [rgbk[4 * n + 3] as number, rgbk[4 * n + 7] as number]
  return a + (entry - n) * (b - a)
}
