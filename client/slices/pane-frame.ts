import { boxCorners } from '../../shared/geometry/box-cut.ts'
import { transform, type Vec3 } from '../../shared/geometry/transform.ts'
import { add, dot, length, scale, subtract } from '../../shared/geometry/vector.ts'
import { centreOfBox } from '../../shared/geometry/volume-pose.ts'
import type { SlicePlane } from '../../shared/volume/slice.ts'
import type { PaneAxes } from './pane-axes.ts'
import type { SliceAt } from './slice-space.ts'

/** Where a volume's voxels are. */
export interface VoxelGrid {
  readonly dims: Vec3
  /** 16 numbers, row-major, voxel centres. */
  readonly patientFromVoxel: readonly number[]
}

/** The box that a volume's voxels fill, patient mm. */
export interface VolumeBox {
  readonly corners: readonly Vec3[]
  readonly centreMm: Vec3
}

export function volumeBox({ patientFromVoxel, dims }: VoxelGrid): VolumeBox {
  const affine = transform<'patient', 'voxel'>(patientFromVoxel)
  return { corners: boxCorners(affine, dims), centreMm: centreOfBox(affine, dims) }
}

/** How one person looks at one pane: nobody else's. */
export interface PaneLook {
  /** 1: the whole box fits. */
  readonly zoom: number
  /** From the middle of the box to the middle of the pane, along right and down. */
  readonly panMm: readonly [right: number, down: number]
}

export const wholeBox: PaneLook = { zoom: 1, panMm: [0, 0] }
const [leastZoom, mostZoom] = [0.5, 40]

/** CSS pixels. */
export interface PaneSize {
  readonly width: number
  readonly height: number
}

/** Room for letters around the box that just fits. */
const marginPx = 20

/** A pane's window on its plane: patient mm to and from CSS pixels of the pane. */
export class PaneFrame {
  readonly axes: PaneAxes
  readonly size: PaneSize
  readonly mmPerPx: number
  /** In the middle of the pane, on the plane. */
  readonly middleMm: Vec3

  constructor(parts: {
    axes: PaneAxes
    box: VolumeBox
    /** Any point of the plane. */
    throughMm: Vec3
    look: PaneLook
    size: PaneSize
    /** The same scale whichever way the plane is turned. */
    turns: boolean
  }) {
    const { axes, box, throughMm, look, size, turns } = parts
    const { right, down, normal } = axes
    this.axes = axes
    this.size = size
    const across = turns ? longestEdge(box) : extent(box, right)
    const along = turns ? longestEdge(box) : extent(box, down)
    const fit = Math.max(
      across / Math.max(1, size.width - 2 * marginPx),
      along / Math.max(1, size.height - 2 * marginPx),
    )
    this.mmPerPx = fit / look.zoom
    const depth = dot(normal, subtract(throughMm, box.centreMm))
    const inPlane = add(scale(right, look.panMm[0]), scale(down, look.panMm[1]))
    this.middleMm = add(add(box.centreMm, scale(normal, depth)), inPlane)
  }

  pointAt({ x, y }: SliceAt): Vec3 {
    const { width, height } = this.size
    const across = scale(this.axes.right, (x - width / 2) * this.mmPerPx)
    const along = scale(this.axes.down, (y - height / 2) * this.mmPerPx)
    return add(add(this.middleMm, across), along)
  }

  /** Where a point stands once it is dropped on the plane. */
  placeOf(pointMm: Vec3): SliceAt {
    const from = subtract(pointMm, this.middleMm)
    const { width, height } = this.size
    return {
      x: width / 2 + dot(from, this.axes.right) / this.mmPerPx,
      y: height / 2 + dot(from, this.axes.down) / this.mmPerPx,
    }
  }

  /** From the plane, along its normal. */
  depthOf(pointMm: Vec3): number {
    return dot(this.axes.normal, subtract(pointMm, this.middleMm))
  }

  /** The pane's pixels, `perPx` samples for each along either side; sample centres lie in pixel centres. */
  plane(perPx = 1): SlicePlane {
    const { width, height } = this.size
    const step = this.mmPerPx / perPx
    const half = 0.5 / perPx
    return {
      originMm: this.pointAt({ x: half, y: half }),
      columnMm: scale(this.axes.right, step),
      rowMm: scale(this.axes.down, step),
      columns: Math.max(1, Math.round(width * perPx)),
      rows: Math.max(1, Math.round(height * perPx)),
    }
  }
}

/** The look after the tissue under a point is made `factor` times as large; it stays where it is. */
export function zoomed(
  look: PaneLook,
  frame: Pick<PaneFrame, 'mmPerPx' | 'size'>,
  at: SliceAt,
  factor: number,
): PaneLook {
  const zoom = Math.min(mostZoom, Math.max(leastZoom, look.zoom * factor))
  const kept = frame.mmPerPx * (1 - look.zoom / zoom)
  const { width, height } = frame.size
  return {
    zoom,
    panMm: [look.panMm[0] + (at.x - width / 2) * kept, look.panMm[1] + (at.y - height / 2) * kept],
  }
}

/** The look after the tissue is dragged by so many pixels. */
export function panned(look: PaneLook, mmPerPx: number, dx: number, dy: number): PaneLook {
  return { ...look, panMm: [look.panMm[0] - dx * mmPerPx, look.panMm[1] - dy * mmPerPx] }
}

const extent = ({ corners }: VolumeBox, direction: Vec3): number => {
  const along = corners.map((corner) => dot(direction, corner))
  return Math.max(...along) - Math.min(...along)
}

/** What a plane that is turned is about as large as, whichever way it is. */
const longestEdge = ({ corners }: VolumeBox): number => {
  const [first, ...others] = [1, 2, 4]
    .map((bit) => subtract(corners[bit]!, corners[0]!))
    .map(length)
  return Math.max(first ?? 0, ...others)
}
