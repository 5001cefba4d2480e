import { invert, transformPoint, transformVector, type Vec3 } from '../geometry/transform.ts'
import { add, cross, dot, length, normalize, scale, subtract } from '../geometry/vector.ts'
import { crossingsAt, enclosedArea, type PlanePoint, selfCrossings } from './region-outline.ts'
import { type ChunkedVoxels, voxelSpacingMm } from './reslice-level.ts'
import { onCentre } from './reslice-slab.ts'
import type { RegionStatistics, Slab } from './slice.ts'

/** The samples that an outline is read in: a plane whose pixels are where the values are taken. */
export interface RegionGrid {
  readonly plane: Slab
  /** In the plane's pixels. */
  readonly outline: readonly PlanePoint[]
  readonly areaMm2: number
}

type Level = Pick<ChunkedVoxels, 'dims' | 'patientFromVoxel'>
type Axis = 0 | 1 | 2

/** An outline this little apart from a plane of voxels lies in it. */
const inPlaneVoxels = 0.01
const mostSamples = 4 * 2 ** 20

/**
 * An outline along the voxels is read in the voxels whose centres it encloses: on a slice as it was
 * acquired these are the stored values themselves, and between two slices the shares of both. Any
 * other outline, and one that encloses no voxel centre, is read in squares of half the smallest voxel
 * spacing, each in its middle. Points off the outline's plane count where they stand above it.
 * Undefined where the outline encloses nothing.
 */
export function regionGrid(level: Level, outlineMm: readonly Vec3[]): RegionGrid | undefined {
  const flat = flattened(outlineMm)
  if (!flat || !(flat.areaMm2 > 0)) return undefined
  const along = alongVoxels(level, outlineMm, flat.areaMm2)
  return along && isAnyInside(along) ? along : acrossVoxels(level, flat)
}

/**
 * Mean, deviation and extremes of the samples inside; not-a-number is left out. `values` are the
 * plane's, row by row. Undefined where no sample inside has a value.
 */
export function regionStatistics(
  { plane, outline, areaMm2 }: RegionGrid,
  values: Float32Array,
): RegionStatistics | undefined {
  let [count, mean, squares, min, max] = [0, 0, 0, Infinity, -Infinity]
  eachRowInside(plane, outline, (row, from, to) => {
    for (let column = from; column < to; column++) {
      const value = values[row * plane.columns + column] as number
      if (Number.isNaN(value)) continue
      count++
      const before = value - mean
      mean += before / count
      squares += before * (value - mean)
      if (value < min) min = value
      if (value > max) max = value
    }
  })
  if (count === 0) return undefined
  return { mean, standardDeviation: Math.sqrt(squares / count), min, max, areaMm2, count }
}

/** An outline that crosses itself more often is a scribble, and takes long to work out. */
const mostCrossings = 64

/**
 * What an outline encloses, as `regionGrid` has it: 0 where its points lie in one line. Undefined of
 * a scribble.
 */
export function outlineAreaMm2(outlineMm: readonly Vec3[]): number | undefined {
  const flat = inOnePlane(outlineMm)
  if (!flat) return 0
  return selfCrossings(flat.points, mostCrossings).length > mostCrossings
    ? undefined
    : enclosedArea(flat.points)
}

interface PlaneOutline {
  readonly originMm: Vec3
  readonly right: Vec3
  readonly down: Vec3
  readonly points: readonly PlanePoint[]
}

interface FlatOutline extends PlaneOutline {
  readonly areaMm2: number
}

function flattened(outlineMm: readonly Vec3[]): FlatOutline | undefined {
  const flat = inOnePlane(outlineMm)
  return flat && { ...flat, areaMm2: enclosedArea(flat.points) }
}

/** In the plane that the outline lies in, mm. */
function inOnePlane(outlineMm: readonly Vec3[]): PlaneOutline | undefined {
  const [originMm] = outlineMm
  if (!originMm || outlineMm.length < 3) return undefined
  const spokes = outlineMm.map((point) => subtract(point, originMm))
  const longest = spokes.reduce((a, b) => (length(b) > length(a) ? b : a))
  // An outline that crosses itself may turn as much one way as the other: any of its turns will do.
  const turns = spokes.map((spoke) => cross(longest, spoke))
  const normal = turns.reduce((a, b) => (length(b) > length(a) ? b : a), [0, 0, 0] as Vec3)
  if (!(length(normal) > 0)) return undefined
  const right = normalize(longest)
  const down = normalize(cross(normal, longest))
  const points = spokes.map((spoke): PlanePoint => [dot(spoke, right), dot(spoke, down)])
  return { originMm, right, down, points }
}

function alongVoxels(
  { dims, patientFromVoxel }: Level,
  outlineMm: readonly Vec3[],
  areaMm2: number,
): RegionGrid | undefined {
  const voxelFromPatient = invert(patientFromVoxel)
  // A corner that was drawn on a voxel centre is on it, whatever rounding did.
  const points = outlineMm.map(
    (point) => transformPoint(voxelFromPatient, point).map(onCentre) as never as Vec3,
  )
  const range = (axis: Axis): [number, number] => [
    Math.min(...points.map((point) => point[axis])),
    Math.max(...points.map((point) => point[axis])),
  ]
  const across = ([2, 1, 0] as const).find((axis) => {
    const [low, high] = range(axis)
    return high - low < inPlaneVoxels
  })
  if (across === undefined) return undefined
  const [columnAxis, rowAxis] = ([0, 1, 2] as const).filter((axis) => axis !== across) as [
    Axis,
    Axis,
  ]
  const inside = (axis: Axis): [number, number] => {
    const [low, high] = range(axis)
    return [Math.max(0, Math.ceil(low)), Math.min(dims[axis] - 1, Math.floor(high))]
  }
  const [firstColumn, lastColumn] = inside(columnAxis)
  const [firstRow, lastRow] = inside(rowAxis)
  const height = points.reduce((sum, point) => sum + point[across], 0) / points.length
  const slice = Math.round(height)
  const origin = [0, 0, 0] as [number, number, number]
  origin[across] = Math.abs(height - slice) < inPlaneVoxels ? slice : height
  origin[columnAxis] = firstColumn
  origin[rowAxis] = firstRow
  const step = (axis: Axis) =>
    transformVector(patientFromVoxel, [0, 1, 2].map((n) => (n === axis ? 1 : 0)) as never as Vec3)
  return {
    plane: {
      originMm: transformPoint(patientFromVoxel, origin),
      columnMm: step(columnAxis),
      rowMm: step(rowAxis),
      columns: Math.max(0, lastColumn - firstColumn + 1),
      rows: Math.max(0, lastRow - firstRow + 1),
      slabMm: 0,
      projection: 'average',
    },
    outline: points.map((point) => [point[columnAxis] - firstColumn, point[rowAxis] - firstRow]),
    areaMm2,
  }
}

function acrossVoxels({ patientFromVoxel }: Level, flat: FlatOutline): RegionGrid {
  const { originMm, right, down, points, areaMm2 } = flat
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top]
  // A small outline is read as closely as a large one, so that the mean is that of its whole inside.
  const pitchMm = Math.max(
    Math.min(Math.min(...voxelSpacingMm(patientFromVoxel)) / 2, Math.sqrt(areaMm2) / 16),
    Math.sqrt((width * height) / mostSamples),
  )
  const place = (x: number, y: number) => add(originMm, add(scale(right, x), scale(down, y)))
  return {
    plane: {
      originMm: place(left + pitchMm / 2, top + pitchMm / 2),
      columnMm: scale(right, pitchMm),
      rowMm: scale(down, pitchMm),
      columns: Math.max(1, Math.ceil(width / pitchMm)),
      rows: Math.max(1, Math.ceil(height / pitchMm)),
      slabMm: 0,
      projection: 'average',
    },
    outline: points.map(([x, y]) => [(x - left) / pitchMm - 0.5, (y - top) / pitchMm - 0.5]),
    areaMm2,
  }
}

function isAnyInside({ plane, outline }: RegionGrid): boolean {
  let any = false
  eachRowInside(plane, outline, (_row, from, to) => {
    any ||= to > from
  })
  return any
}

function eachRowInside(
  { columns, rows }: Slab,
  outline: readonly PlanePoint[],
  visit: (row: number, from: number, to: number) => void,
): void {
  for (let row = 0; row < rows; row++) {
    const crossings = crossingsAt(outline, row)
    for (let n = 0; n + 1 < crossings.length; n += 2) {
      const from = Math.max(0, Math.ceil(crossings[n] as number))
      const to = Math.min(columns, Math.ceil(crossings[n + 1] as number))
      if (to > from) visit(row, from, to)
    }
  }
}
