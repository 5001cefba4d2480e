import type { LevelPiece } from '../voxels/level-piece.ts'
import type { LevelArrival } from '../voxels/open-voxels.ts'
import type { GrowingLevel } from './growing-level.ts'
import { bytesPerTurn, msPerTurn, nextTurn } from './turns.ts'
import type { VolumeDrawing } from './volume-drawing.ts'

/** Pieces are seen together, so that a picture at rest is not begun anew for each. */
const redrawEveryMs = 250

/**
 * Puts a level on the screen while it comes: once every chunk is known, be it as the coarser level
 * knows it, the level is shown; the chunks' own texels follow in their places. Bounded work a turn.
 */
export class ArrivingLevel {
  readonly #level: GrowingLevel
  readonly #drawing: VolumeDrawing
  readonly #onOwn: (texels: number) => void
  readonly #waiting: LevelPiece[] = []
  #arrival: LevelArrival | undefined
  #isShown = false
  #wake: () => void = () => undefined
  #ended = false
  #seenAtMs = 0
  /** Something was put in its place since the picture was last asked for. */
  #unseen = false

  /** `onOwn` is told how many of the level's own texels are there now. */
  constructor(level: GrowingLevel, drawing: VolumeDrawing, onOwn: (texels: number) => void) {
    this.#level = level
    this.#drawing = drawing
    this.#onOwn = onOwn
  }

  /** Resolves once the level is drawn whole. Throws a ReadFailure or a TextureRefusedError. */
  async draw(stream: (onPiece: (piece: LevelPiece) => void) => LevelArrival): Promise<void> {
    this.#arrival = stream((piece) => {
      this.#waiting.push(piece)
      this.#wake()
    })
    const end = () => {
      this.#ended = true
      this.#wake()
    }
    this.#arrival.done.then(end, end)
    try {
      await this.#takeAll()
      await this.#arrival.done
    } finally {
      this.#arrival.cancel()
    }
  }

  async #takeAll(): Promise<void> {
    let texels = 0
    while (!this.#ended || this.#waiting.length > 0) {
      if (this.#waiting.length === 0) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
        continue
      }
      const pieces = this.#takeSome()
      if (this.#isShown)
        await this.#update(pieces, performance.now() - this.#seenAtMs >= redrawEveryMs)
      else if (this.#level.full) {
        await this.#drawing.showLevel(this.#level)
        this.#isShown = true
        this.#seenAtMs = performance.now()
      }
      this.#arrival?.took(pieces.length)
      for (const piece of pieces) if (piece.own) texels += piece.texels.length
      this.#onOwn(texels)
      if (!this.#ended || this.#waiting.length > 0) await nextTurn()
    }
    if (this.#unseen) await this.#update([], true)
  }

  async #update(pieces: readonly LevelPiece[], redraw: boolean): Promise<void> {
    this.#unseen = !redraw
    await this.#drawing.updateLevel(this.#level, pieces, redraw)
    if (redraw) this.#seenAtMs = performance.now()
  }

  #takeSome(): LevelPiece[] {
    const startMs = performance.now()
    const pieces: LevelPiece[] = []
    let bytes = 0
    do {
      const piece = this.#waiting.shift()
      if (!piece) break
      this.#level.place(piece)
      pieces.push(piece)
      bytes += piece.texels.byteLength
    } while (bytes < bytesPerTurn && performance.now() - startMs < msPerTurn)
    return pieces
  }
}
