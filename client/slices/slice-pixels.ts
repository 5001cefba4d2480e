import type { ValueWindow } from '../../shared/volume/transfer-function.ts'
import type { Slice } from '../voxels/voxels.ts'
import { type ColourMap, colourTable } from './colour-map.ts'
import { windowed } from './windowed.ts'

/** One slice as a picture in a canvas of its own, made anew only where something has changed. */
export class SlicePixels {
  readonly #canvas = new OffscreenCanvas(1, 1)
  readonly #context: OffscreenCanvasRenderingContext2D
  #image: ImageData | undefined
  #words: Uint32Array | undefined
  #made: { values: Float32Array; window: ValueWindow; map: ColourMap } | undefined

  constructor() {
    const context = this.#canvas.getContext('2d')
    if (!context) throw new Error('this browser gives no canvas to paint slices on')
    this.#context = context
  }

  /** The picture, a pixel a value. */
  of(
    { values, columns, rows }: Pick<Slice, 'values' | 'columns' | 'rows'>,
    window: ValueWindow,
    map: ColourMap,
  ): OffscreenCanvas {
    const made = this.#made
    const same =
      made?.values === values &&
      made.map === map &&
      made.window.windowCenter === window.windowCenter &&
      made.window.windowWidth === window.windowWidth
    if (same) return this.#canvas
    const { image, words } = this.#room(columns, rows)
    windowed(values, window, colourTable(map), words)
    this.#context.putImageData(image, 0, 0)
    this.#made = { values, window, map }
    return this.#canvas
  }

  #room(columns: number, rows: number): { image: ImageData; words: Uint32Array } {
    const [image, words] = [this.#image, this.#words]
    if (image?.width === columns && image.height === rows && words) return { image, words }
    this.#canvas.width = columns
    this.#canvas.height = rows
    const fresh = new ImageData(columns, rows)
    const freshWords = new Uint32Array(fresh.data.buffer)
    this.#image = fresh
    this.#words = freshWords
    return { image: fresh, words: freshWords }
  }
}
