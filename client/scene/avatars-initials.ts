import { DynamicTexture } from '@babylonjs/core/Materials/Textures/dynamicTexture.js'
import { Texture } from '@babylonjs/core/Materials/Textures/texture.js'
import type { Scene } from '@babylonjs/core/scene.js'
import type { Cell } from './avatars-batch.ts'

const columns = 8
const rows = 8
const cellPx = { width: 128, height: 76 }

/** Everybody's initials in one picture, a cell each: 64 before the longest known one gives way. */
export class InitialsPicture {
  readonly texture: DynamicTexture
  readonly #cells = new Map<string, number>()

  constructor(scene: Scene) {
    const size = { width: columns * cellPx.width, height: rows * cellPx.height }
    this.texture = new DynamicTexture('initials', size, scene, true, Texture.TRILINEAR_SAMPLINGMODE)
    this.texture.hasAlpha = true
    this.texture.anisotropicFilteringLevel = 4
    this.texture.update()
    void document.fonts.ready.then(() => {
      for (const [initials, cell] of this.#cells) this.#draw(initials, cell)
    })
  }

  cellOf(initials: string): Cell {
    const known = this.#cells.get(initials)
    const cell = known ?? this.#take(initials)
    const column = cell % columns
    const row = Math.floor(cell / columns)
    return [column / columns, 1 - (row + 1) / rows, 1 / columns, 1 / rows]
  }

  #take(initials: string): number {
    let cell = this.#cells.size
    if (cell === columns * rows) {
      const [[oldest, freed] = ['', 0]] = this.#cells
      this.#cells.delete(oldest)
      cell = freed
    }
    this.#cells.set(initials, cell)
    this.#draw(initials, cell)
    return cell
  }

  #draw(initials: string, cell: number): void {
    const context = this.texture.getContext() as CanvasRenderingContext2D
    const { width, height } = cellPx
    const [left, top] = [(cell % columns) * width, Math.floor(cell / columns) * height]
    context.clearRect(left, top, width, height)
    context.font = '700 56px "Inter Variable", system-ui, sans-serif'
    context.textAlign = 'center'
    context.fillStyle = '#ffffff'
    context.fillText(initials, left + width / 2, top + height / 2 + 20.4, width - 8)
    this.texture.update()
  }
}
