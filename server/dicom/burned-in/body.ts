import { type Box, boxArea } from './box.ts'
import { contrastOf } from './contrast.ts'
import { fullLevel } from './level.ts'
import type { Picture } from './picture.ts'

/** Where the body lies, in blocks of `blockSize` × `blockSize` pixels, x fastest; 1 is body. */
export interface Body {
  readonly blockSize: number
  readonly columns: number
  readonly rows: number
  readonly blocks: Uint8Array
}

const blockSize = 8
/** Of the picture's contrast: what is darker and reaches the edge of the picture is air. */
const airShare = 0.15
/** Of the picture's contrast: areas whose values vary less are a banner, not anatomy. */
const leastTexture = 0.003

/**
 * The body by brightness, roughly: textured blocks above air and all that they enclose, without
 * what is then thinner than three blocks. Text does not count: a block's value is the median of 16
 * of its pixels. A table or a cushion may count as body.
 */
export function bodyOf(picture: Picture): Body {
  const columns = Math.ceil(picture.columns / blockSize)
  const rows = Math.ceil(picture.rows / blockSize)
  const contrast = contrastOf(fullLevel(picture).values)
  if (!contrast) return { blockSize, columns, rows, blocks: new Uint8Array(columns * rows) }
  const { low, high } = contrast
  const solid = new Uint8Array(columns * rows)
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const [lower, middle, upper] = quartiles(picture, x * blockSize, y * blockSize)
      const isBright = middle > low + airShare * (high - low)
      if (isBright && upper - lower > leastTexture * (high - low)) solid[y * columns + x] = 1
    }
  }
  const filled = enclosed(solid, columns, rows)
  const blocks = spread(spread(filled, columns, rows, 0), columns, rows, 1)
  return { blockSize, columns, rows, blocks }
}

export function bodyArea({ blocks, blockSize }: Body): number {
  return blocks.reduce((sum, block) => sum + block, 0) * blockSize * blockSize
}

/** The pixels of the box that lie in the body. */
export function bodyAreaIn(body: Body, [x0, y0, x1, y1]: Box): number {
  let inBody = 0
  for (let y = y0; y <= y1; y++) {
    const row = Math.floor(y / body.blockSize) * body.columns
    for (let x = x0; x <= x1; x++) inBody += body.blocks[row + Math.floor(x / body.blockSize)] ?? 0
  }
  return inBody
}

/** At most a tenth of the box is body. */
export function liesOutside(body: Body, box: Box): boolean {
  return bodyAreaIn(body, box) <= 0.1 * boxArea(box)
}

const sixteen = new Float32Array(16)

function quartiles({ columns, rows, values }: Picture, x0: number, y0: number) {
  for (let i = 0; i < 16; i++) {
    const x = Math.min(columns - 1, x0 + (i & 3) * 2)
    const y = Math.min(rows - 1, y0 + (i >> 2) * 2)
    sixteen[i] = values[y * columns + x]!
  }
  sixteen.sort()
  return [sixteen[4]!, sixteen[8]!, sixteen[11]!] as const
}

/** Blocks of that value spread to their neighbours: 0 wears the body away, 1 lets it grow. */
function spread(blocks: Uint8Array, columns: number, rows: number, value: 0 | 1): Uint8Array {
  const result = blocks.slice()
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      if (blocks[y * columns + x] !== value) continue
      if (x > 0) result[y * columns + x - 1] = value
      if (x < columns - 1) result[y * columns + x + 1] = value
      if (y > 0) result[(y - 1) * columns + x] = value
      if (y < rows - 1) result[(y + 1) * columns + x] = value
    }
  }
  return result
}

/** All blocks that cannot be reached from the edge without crossing a solid one. */
function enclosed(solid: Uint8Array, columns: number, rows: number): Uint8Array {
  const result = new Uint8Array(solid.length).fill(1)
  const open: number[] = []
  const visit = (x: number, y: number) => {
    const at = y * columns + x
    if (x < 0 || y < 0 || x >= columns || y >= rows || solid[at] === 1 || result[at] === 0) return
    result[at] = 0
    open.push(at)
  }
  for (let x = 0; x < columns; x++) {
    visit(x, 0)
    visit(x, rows - 1)
  }
  for (let y = 0; y < rows; y++) {
    visit(0, y)
    visit(columns - 1, y)
  }
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const x = at % columns
    const y = Math.floor(at / columns)
    visit(x - 1, y)
    visit(x + 1, y)
    visit(x, y - 1)
    visit(x, y + 1)
  }
  return result
}
