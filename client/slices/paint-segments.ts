import { type Contour, contours } from '../../shared/volume/contour.ts'
import type { Slice } from '../voxels/voxels.ts'
import type { PaintContext } from './paint-context.ts'

/** A segment as the slices show it. */
export interface PaintedSegment {
  readonly volumeId: string
  readonly labelId: string
  /** sRGB, 0…255. */
  readonly colour: readonly [number, number, number]
  readonly opacity: number
}

/** Of a segment's opacity, inside its outline: the tissue stays to be read. */
const fillShare = 0.25
/** An outline is seen however faint its inside is. */
const leastOutline = 0.4
const outlinePx = 1.5

/** The insides and outlines of segments along one slice. */
export class SegmentOutlines {
  #of: Slice['labels']
  readonly #paths = new Map<string, Path2D>()

  /** The context's unit is the slice's pixel; `perPixel` of them make a CSS pixel. */
  paint(
    context: PaintContext,
    slice: Slice,
    segments: readonly PaintedSegment[],
    perPixel: number,
  ): void {
    if (this.#of !== slice.labels) {
      this.#of = slice.labels
      this.#paths.clear()
    }
    context.lineWidth = outlinePx * perPixel
    for (const { labelId, colour, opacity } of segments) {
      const path = this.#path(slice, labelId)
      if (!path) continue
      context.fillStyle = context.strokeStyle = `rgb(${colour.join(' ')})`
      context.globalAlpha = opacity * fillShare
      context.fill(path, 'evenodd')
      context.globalAlpha = Math.max(opacity, leastOutline)
      context.stroke(path)
    }
    context.globalAlpha = 1
  }

  #path({ labels, columns, rows }: Slice, labelId: string): Path2D | undefined {
    const label = labels?.[labelId]
    if (!label) return undefined
    const path = this.#paths.get(labelId) ?? pathOf(contours(label, columns, rows))
    this.#paths.set(labelId, path)
    return path
  }
}

function pathOf(lines: readonly Contour[]): Path2D {
  const path = new Path2D()
  for (const line of lines) {
    path.moveTo(line[0] ?? 0, line[1] ?? 0)
    for (let n = 2; n + 1 < line.length; n += 2) path.lineTo(line[n] ?? 0, line[n + 1] ?? 0)
    path.closePath()
  }
  return path
}
