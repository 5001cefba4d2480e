import { transformPoint, transformVector, type Vec3 } from '../../shared/geometry/transform.ts'
import { add, length, normalize, scale } from '../../shared/geometry/vector.ts'
import { kindOf, reachOf } from '../../shared/volume/brick-codes.ts'
import { floatsFromHalves } from '../../shared/volume/half-float.ts'
import { brickSize } from '../../shared/volume/occupancy.ts'
import {
  type ClippingPlane,
  type RayStretch,
  sampleTexels,
  stretchInBox,
  stretchOnKeptSide,
} from '../../shared/volume/sampling.ts'
import type { TransferTable } from '../../shared/volume/transfer-function.ts'
import type { DrawnLook } from './drawn-look.ts'
import { type ResidentLevel, texelFromPatient, type VolumeFrame } from './volume-level.ts'

/** Tissue counts as visible once a ray has gathered this share of a pixel; the shader agrees. */
export const visibleFrom = 0.05
/** What lies within a step is found by this many finer ones. */
const finer = 8

export interface VisibleScene {
  readonly frame: VolumeFrame
  readonly level: ResidentLevel
  /** What the shader does in each brick. */
  readonly codes: Uint8Array
  readonly look: Pick<DrawnLook, 'mode' | 'isoValue' | 'table' | 'planes' | 'crop'>
}

/** Where a ray first meets visible tissue, in patient mm: what the picture shows, on the CPU. */
export function firstVisiblePoint(
  { frame, level, codes, look }: VisibleScene,
  originMm: Vec3,
  towards: Vec3,
): Vec3 | undefined {
  const direction = normalize(towards)
  const stretch = keptStretch(frame, look, originMm, direction)
  if (!stretch) return undefined
  const texels = texelFromPatient(level.patientFromVoxel)
  const origin = transformPoint(texels, originMm)
  const speed = transformVector(texels, direction)
  const at = (mm: number) => add(origin, scale(speed, mm))
  const decode = floatsFromHalves()
  const ray: VisibleRay = {
    stretch,
    stepMm: 0.5 / length(speed),
    valueAt(mm) {
      const texel = sampleTexels(level.texels, decode, level.dims, at(mm))
      return texel < frame.lowestTexel ? undefined : texel / frame.encoding.scale
    },
    emptyFor: (mm) => emptyFor(at(mm), speed, level, codes),
  }
  const mm = findVisible(ray, look)
  return mm === undefined ? undefined : add(originMm, scale(direction, mm))
}

interface VisibleRay {
  readonly stretch: RayStretch
  readonly stepMm: number
  /** Undefined in padding. */
  valueAt(mm: number): number | undefined
  /** How many mm from here are known to be empty. */
  emptyFor(mm: number): number
}

function findVisible(ray: VisibleRay, look: VisibleScene['look']): number | undefined {
  if (look.mode === 'composite') return gatheredAt(ray, look.table)
  if (look.mode === 'isosurface') return surfaceAt(ray, look.isoValue)
  return extremeAt(ray, look.mode === 'mip' ? 1 : -1)
}

function gatheredAt({ stretch, stepMm, valueAt, emptyFor }: VisibleRay, table: TransferTable) {
  const throughAt = (mm: number, width: number) => {
    const value = valueAt(mm)
    return value === undefined ? 1 : Math.exp(-extinctionAt(table, value) * width)
  }
  let through = 1
  for (let mm = stretch.from; mm < stretch.to; mm += stepMm) {
    const leapMm = emptyFor(mm)
    if (leapMm > stepMm) {
      mm += leapMm - stepMm
      continue
    }
    const before = through
    through *= throughAt(mm + stepMm / 2, stepMm)
    if (1 - through < visibleFrom) continue
    // A step back, in case the surface began before the middle of this one.
    const from = Math.max(mm - stepMm, stretch.from)
    const width = (mm + stepMm - from) / finer
    let fine = before
    for (let n = 0; n < finer; n++) {
      const middle = from + (n + 0.5) * width
      fine *= throughAt(middle, width)
      if (1 - fine >= visibleFrom) return middle
    }
    return mm + stepMm / 2
  }
  return undefined
}

function surfaceAt({ stretch, stepMm, valueAt, emptyFor }: VisibleRay, isoValue: number) {
  let before: number | undefined
  for (let mm = stretch.from; mm < stretch.to; mm += stepMm) {
    const leapMm = emptyFor(mm)
    if (leapMm > stepMm) {
      mm += leapMm - stepMm
      before = undefined
      continue
    }
    const value = valueAt(mm)
    if (value !== undefined && value >= isoValue) {
      const outside = before ?? (mm > stretch.from ? valueAt(mm - stepMm) : undefined)
      if (outside === undefined || outside >= isoValue) return mm
      return mm - stepMm * ((value - isoValue) / (value - outside))
    }
    before = value
  }
  return undefined
}

/** `sign` 1: the greatest value; −1: the least. */
function extremeAt({ stretch, stepMm, valueAt, emptyFor }: VisibleRay, sign: 1 | -1) {
  let found: { mm: number; value: number } | undefined
  for (let mm = stretch.from; mm < stretch.to; mm += stepMm) {
    const leapMm = emptyFor(mm)
    if (leapMm > stepMm) {
      mm += leapMm - stepMm
      continue
    }
    const value = valueAt(mm)
    if (value === undefined) continue
    if (!found || sign * value > sign * found.value) found = { mm, value }
  }
  return found?.mm
}

function keptStretch(
  frame: VolumeFrame,
  { planes, crop }: VisibleScene['look'],
  originMm: Vec3,
  direction: Vec3,
): RayStretch | undefined {
  const box = texelFromPatient(frame.patientFromVoxel)
  const inBox = stretchInBox(
    transformPoint(box, originMm),
    transformVector(box, direction),
    frame.dims,
  )
  const all = crop ? [...planes, ...facesOf(crop)] : planes
  return inBox && stretchOnKeptSide(originMm, direction, all, inBox)
}

function facesOf({ minMm, maxMm }: { minMm: Vec3; maxMm: Vec3 }): ClippingPlane[] {
  const axes: Vec3[] = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]
  return axes.flatMap((normal, axis) => [
    { normal, offsetMm: minMm[axis] as number },
    { normal: scale(normal, -1), offsetMm: -(maxMm[axis] as number) },
  ])
}

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
