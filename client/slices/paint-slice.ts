import { dot, length } from '../../shared/geometry/vector.ts'
import type { ValueWindow } from '../../shared/volume/transfer-function.ts'
import type { Slice } from '../voxels/voxels.ts'
import type { ColourMap } from './colour-map.ts'
import type { PaintContext } from './paint-context.ts'
import { type CrosshairLine, paintCrosshair } from './paint-crosshair.ts'
import { type PaintedMark, paintMarks } from './paint-marks.ts'
import { type PaintedSegment, SegmentOutlines } from './paint-segments.ts'
import { type CornerWords, paintWords } from './paint-words.ts'
import type { PaneFrame } from './pane-frame.ts'
import { SlicePixels } from './slice-pixels.ts'

/** One volume's slice; its plane lies in the shown volume's patient space. */
export interface PaintedLayer {
  readonly slice: Slice
  readonly window: ValueWindow
  readonly map: ColourMap
  /** Of what is beneath it, 0…1: the first layer has 1. */
  readonly share: number
}

/** Everything that one pane shows. */
export interface SliceScene {
  readonly frame: PaneFrame
  /** Canvas pixels for each CSS pixel. */
  readonly scale: number
  readonly layers: readonly PaintedLayer[]
  readonly segments: readonly PaintedSegment[]
  /** What the segments are cut from, by volume. */
  readonly labelSlices: ReadonlyMap<string, Slice>
  readonly crosshair: readonly CrosshairLine[]
  readonly marks: readonly PaintedMark[]
  readonly corner?: CornerWords | undefined
  /** Where the keyboard's pointer is. */
  readonly cursor: { readonly x: number; readonly y: number } | undefined
}

const ground = '#0b0d10'

/** Paints a pane into any 2D context: the page's, or a panel's in a headset. */
export class SlicePainter {
  readonly #pixels: SlicePixels[] = []
  /** By volume. */
  readonly #outlines = new Map<string, SegmentOutlines>()

  paint(context: PaintContext, scene: SliceScene): void {
    const { frame, scale, layers } = scene
    const { width, height } = frame.size
    context.setTransform(scale, 0, 0, scale, 0, 0)
    context.globalAlpha = 1
    context.fillStyle = ground
    context.fillRect(0, 0, width, height)
    layers.forEach((layer, n) => {
      this.#pixels[n] ??= new SlicePixels()
      const picture = this.#pixels[n].of(layer.slice, layer.window, layer.map)
      lay(context, scene, layer.slice)
      context.globalAlpha = layer.share
      context.drawImage(picture, -0.5, -0.5)
    })
    context.globalAlpha = 1
    for (const [volumeId, slice] of scene.labelSlices) {
      const outlines = this.#outlines.get(volumeId) ?? new SegmentOutlines()
      this.#outlines.set(volumeId, outlines)
      lay(context, scene, slice)
      const perPixel = frame.mmPerPx / length(slice.columnMm)
      const segments = scene.segments.filter((segment) => segment.volumeId === volumeId)
      outlines.paint(context, slice, segments, perPixel)
    }
    context.setTransform(scale, 0, 0, scale, 0, 0)
    paintCrosshair(context, frame, scene.crosshair)
    paintMarks(context, scene.marks)
    paintWords(context, frame, scene.corner)
    if (scene.cursor) paintCursor(context, scene.cursor)
  }
}

/** From here on the context's unit is the slice's pixel, whose middle is a whole number. */
function lay(context: PaintContext, { frame, scale }: SliceScene, slice: Slice): void {
  const { right, down } = frame.axes
  const perMm = scale / frame.mmPerPx
  const origin = frame.placeOf(slice.originMm)
  context.setTransform(
    dot(slice.columnMm, right) * perMm,
    dot(slice.columnMm, down) * perMm,
    dot(slice.rowMm, right) * perMm,
    dot(slice.rowMm, down) * perMm,
    origin.x * scale,
    origin.y * scale,
  )
  context.imageSmoothingEnabled = true
  context.imageSmoothingQuality = 'high'
}

/** A thin cross, its middle at the place. */
function paintCursor(context: PaintContext, { x, y }: { x: number; y: number }): void {
  context.strokeStyle = '#4cc2ff'
  context.lineWidth = 1
  context.beginPath()
  context.moveTo(x - 12, y)
  context.lineTo(x + 12, y)
  context.moveTo(x, y - 12)
  context.lineTo(x, y + 12)
  context.stroke()
}
