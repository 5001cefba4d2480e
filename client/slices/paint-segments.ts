import type { Slice } from '../voxels/voxels.ts'
import type { PaintContext } from './paint-context.ts'

/** A segment as the slices show it. */
export interface PaintedSegment {
  readonly labelId: string
  /** sRGB, 0…255. */
  readonly colour: readonly [number, number, number]
  readonly opacity: number
}

/** Of a segment's opacity, inside its outline: the tissue stays to be read. */
const fillShare = 0.25
const half = 127.5

/** The insides and outlines of segments along one slice, as a picture of a pixel a value. */
export class SegmentPixels {
  readonly #canvas = new OffscreenCanvas(1, 1)
  #made: { labels: Slice['labels']; segments: readonly PaintedSegment[] } | undefined

  /** The context's unit is the slice's pixel. */
  paint(context: PaintContext, slice: Slice, segments: readonly PaintedSegment[]): void {
    if (this.#made?.labels !== slice.labels || this.#made?.segments !== segments) {
      this.#make(slice, segments)
      this.#made = { labels: slice.labels, segments }
    }
    context.drawImage(this.#canvas, -0.5, -0.5)
  }

  #make({ columns, rows, labels = {} }: Slice, segments: readonly PaintedSegment[]): void {
    const image = new ImageData(columns, rows)
    for (const segment of segments) {
      const label = labels[segment.labelId]
      if (label) layOver(image, label, segment)
    }
    this.#canvas.width = columns
    this.#canvas.height = rows
    this.#canvas.getContext('2d')?.putImageData(image, 0, 0)
  }
}

function layOver(image: ImageData, label: Uint8Array, { colour, opacity }: PaintedSegment): void {
  const { data, width, height } = image
  const inside = (at: number) => (label[at] ?? 0) > half
  for (let at = 0; at < label.length; at++) {
    if (!inside(at)) continue
    const [column, row] = [at % width, Math.floor(at / width)]
    const edge =
      (column > 0 && !inside(at - 1)) ||
      (column < width - 1 && !inside(at + 1)) ||
      (row > 0 && !inside(at - width)) ||
      (row < height - 1 && !inside(at + width))
    const alpha = edge ? Math.max(opacity, 0.5) : opacity * fillShare
    const before = (data[4 * at + 3] as number) / 255
    const after = alpha + before * (1 - alpha)
    for (let part = 0; part < 3; part++) {
      const under = (data[4 * at + part] as number) * before * (1 - alpha)
      data[4 * at + part] = ((colour[part] as number) * alpha + under) / after
    }
    data[4 * at + 3] = 255 * after
  }
}
