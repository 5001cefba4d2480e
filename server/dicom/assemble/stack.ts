import type { ImagePlane, Instance } from '../instance.ts'
import { DicomError } from '../problem.ts'

/** Parallel slices in order along the normal, and the one affine that places all of them. */
export interface Stack {
  readonly instances: readonly Instance[]
  /** 16 numbers, row-major, mm LPS, voxel centres; a gantry tilt stays in it as shear. */
  readonly patientFromVoxel: readonly number[]
  readonly sliceGapMm: number
}

/**
 * Takes slices of one size and orientation, no two in one place. Throws `missing-slice`,
 * `uneven-spacing` or `bad-geometry` where no single affine holds every slice to within
 * max(0.1 mm, 1 % of the step).
 */
export function stack(ordered: readonly Instance[]): Stack {
  const planes = ordered.map(({ plane }) => plane)
  const [first, last] = [planes[0]!, planes.at(-1)!]
  const steps = planes.length - 1
  const step = last.position.map((mm, axis) => (mm - first.position[axis]!) / steps)
  checkGaps(planes)
  checkPlaces(planes, step)
  const { row, column, spacingMm, position } = first
  const [rowsMm, columnsMm] = spacingMm
  const patientFromVoxel = [0, 1, 2].flatMap((axis) => [
    row[axis]! * columnsMm,
    column[axis]! * rowsMm,
    step[axis]!,
    position[axis]!,
  ])
  const normal = normalOf(first)
  const sliceGapMm = dot(step, normal)
  return { instances: ordered, patientFromVoxel: [...patientFromVoxel, 0, 0, 0, 1], sliceGapMm }
}

/** Ascending along the normal; millimetres from the patient's origin along it. */
export function orderAlongNormal(instances: readonly Instance[]): readonly Instance[] {
  const normal = normalOf(instances[0]!.plane)
  return instances.toSorted((a, b) => dot(a.plane.position, normal) - dot(b.plane.position, normal))
}

/** Distance along the normal of `from`, in mm, from one slice to another. */
export function gapMm(from: ImagePlane, to: ImagePlane): number {
  const normal = normalOf(from)
  return dot(to.position, normal) - dot(from.position, normal)
}

function checkGaps(planes: readonly ImagePlane[]): void {
  const gaps = planes.slice(1).map((plane, index) => gapMm(planes[index]!, plane))
  const usual = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)]!
  const holes = gaps.flatMap((gap, index) => (gap > 1.5 * usual ? [index] : []))
  if (gaps.some((gap) => gap < 0.5 * usual)) throw uneven(gaps)
  if (holes.length === 0) return
  if (holes.length > Math.max(1, gaps.length / 3)) throw uneven(gaps)
  const missing = holes.reduce((sum, index) => sum + Math.round(gaps[index]! / usual) - 1, 0)
  const [hole] = holes as [number]
  const where = `after slice ${hole + 1} of ${planes.length}`
  const places = holes.length === 1 ? where : `in ${holes.length} places, the first ${where}`
  const many = missing <= 1 ? 'A slice is missing' : `About ${missing} slices are missing`
  const gap = `${mm(gaps[hole]!)} mm instead of ${mm(usual)} mm`
  throw new DicomError('missing-slice', `${many} ${places} (${gap}).`)
}

function checkPlaces(planes: readonly ImagePlane[], step: readonly number[]): void {
  const [first] = planes as [ImagePlane]
  const normal = normalOf(first)
  const toleranceMm = Math.max(0.1, 0.01 * Math.hypot(...step))
  for (const [index, { position }] of planes.entries()) {
    const off = position.map((at, axis) => at - first.position[axis]! - index * step[axis]!)
    const along = dot(off, normal)
    if (Math.abs(along) > toleranceMm) {
      throw uneven(planes.slice(1).map((plane, n) => gapMm(planes[n]!, plane)))
    }
    const sideways = Math.hypot(...off.map((at, axis) => at - along * normal[axis]!))
    if (sideways > toleranceMm) {
      const where = `Slice ${index + 1} of ${planes.length} lies ${mm(sideways)} mm beside the others.`
      throw new DicomError('bad-geometry', where)
    }
  }
}

function uneven(gaps: readonly number[]): DicomError {
  const range = `from ${mm(Math.min(...gaps))} to ${mm(Math.max(...gaps))} mm`
  return new DicomError('uneven-spacing', `The distance between the slices changes, ${range}.`)
}

function normalOf({ row, column }: ImagePlane): readonly number[] {
  const cross = [
    row[1] * column[2] - row[2] * column[1],
    row[2] * column[0] - row[0] * column[2],
    row[0] * column[1] - row[1] * column[0],
  ]
  const length = Math.hypot(...cross)
  return cross.map((component) => component / length)
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a[0]! * b[0]! + a[1]! * b[1]! + a[2]! * b[2]!
}

function mm(value: number): string {
  return String(Number(value.toFixed(2)))
}
