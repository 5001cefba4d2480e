import { multiply, type Quaternion, turnAbout, unit } from '../../shared/geometry/quaternion.ts'
import { cross, dot, length } from '../../shared/geometry/vector.ts'
import type { PaintContext } from './paint-context.ts'
import type { PaneAxes, PaneKind } from './pane-axes.ts'
import type { PaneFrame } from './pane-frame.ts'
import type { ShownPlane } from './slice-planes.ts'
import type { SliceAt } from './slice-space.ts'

/** Where another pane's plane cuts this one: a line through the crosshair. */
export interface CrosshairLine {
  readonly kind: PaneKind
  readonly colour: string
  /** Where all planes meet, CSS pixels. */
  readonly at: SliceAt
  /** Unit, CSS pixels. */
  readonly along: SliceAt
  /** Half the thickness of that plane's slab as it is cut here, CSS pixels; 0 for none. */
  readonly halfSlabPx: number
  /** What turns the plane where it is dragged. */
  readonly handles: readonly SliceAt[]
}

const gapPx = 10
/** Planes this nearly parallel have no line that could be aimed at. */
const leastSine = 0.02

/** The lines of the other planes in one pane, the oblique one's with its handles. */
export function crosshairLines(
  own: PaneKind,
  frame: PaneFrame,
  planes: readonly ShownPlane[],
  slabMm: number,
): CrosshairLine[] {
  return planes
    .filter(({ kind }) => kind !== own)
    .flatMap(({ kind, axes, crosshairMm, colour }) => {
      const direction = cross(frame.axes.normal, axes.normal)
      const sine = length(direction)
      if (sine < leastSine) return []
      const at = frame.placeOf(crosshairMm)
      const { right, down } = frame.axes
      const along = { x: dot(direction, right) / sine, y: dot(direction, down) / sine }
      const halfSlabPx = slabMm / 2 / sine / frame.mmPerPx
      const handles = kind === 'oblique' ? handlesOf(frame, at, along) : []
      return [{ kind, colour, at, along, halfSlabPx, handles }]
    })
}

/** The oblique plane's rotation after its line in a pane is turned, radians, right towards down. */
export const turnedInPane = (
  rotation: Quaternion,
  { normal }: PaneAxes,
  radians: number,
): Quaternion => unit(multiply(turnAbout(normal, radians), rotation))

/** On the line, as far out as the nearer pair of the pane's sides leaves room. */
function handlesOf({ size }: PaneFrame, at: SliceAt, along: SliceAt): SliceAt[] {
  const out = 0.36 * Math.min(size.width, size.height)
  return [-out, out]
    .map((far) => ({ x: at.x + far * along.x, y: at.y + far * along.y }))
    .filter(({ x, y }) => x > 0 && y > 0 && x < size.width && y < size.height)
}

export function paintCrosshair(
  context: PaintContext,
  { size }: PaneFrame,
  lines: readonly CrosshairLine[],
): void {
  const far = size.width + size.height
  for (const { at, along, colour, halfSlabPx, handles } of lines) {
    context.strokeStyle = colour
    context.lineWidth = 1
    context.globalAlpha = 0.75
    context.beginPath()
    for (const sign of [-1, 1]) {
      context.moveTo(at.x + sign * gapPx * along.x, at.y + sign * gapPx * along.y)
      context.lineTo(at.x + sign * far * along.x, at.y + sign * far * along.y)
    }
    context.stroke()
    if (halfSlabPx > 1) paintSlab(context, { at, along, halfSlabPx, far })
    context.globalAlpha = 1
    context.fillStyle = colour
    for (const { x, y } of handles) {
      context.beginPath()
      context.arc(x, y, 5, 0, 2 * Math.PI)
      context.fill()
    }
  }
}

function paintSlab(
  context: PaintContext,
  {
    at,
    along,
    halfSlabPx,
    far,
  }: Pick<CrosshairLine, 'at' | 'along' | 'halfSlabPx'> & { far: number },
): void {
  context.setLineDash([4, 4])
  context.globalAlpha = 0.5
  context.beginPath()
  for (const side of [-halfSlabPx, halfSlabPx]) {
    const [x, y] = [at.x - side * along.y, at.y + side * along.x]
    context.moveTo(x - far * along.x, y - far * along.y)
    context.lineTo(x + far * along.x, y + far * along.y)
  }
  context.stroke()
  context.setLineDash([])
}
