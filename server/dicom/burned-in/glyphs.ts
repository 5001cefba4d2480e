import type { Box } from './box.ts'
import type { StrokeRuns } from './strokes.ts'

/** Connected strokes of a size that a letter can have. */
export interface Glyph {
  readonly box: Box
  /** Pixels of ink. */
  readonly area: number
  readonly meanValue: number
  /** Standard deviation of the ink's values. */
  readonly spread: number
  /** The value of the ink that stands out most. */
  readonly peak: number
}

/** Of a letter, in pixels of a level. */
export const leastHeight = 5
const mostHeight = 24
const mostWidth = 400

/** The connected groups of runs (diagonals count) that a letter, or letters that touch, could be. */
export function glyphsOf(
  runs: StrokeRuns,
  values: Float32Array,
  columns: number,
  tone: 'bright' | 'dark',
): Glyph[] {
  const rootOf = connect(runs)
  const components = new Map<number, Component>()
  for (let i = 0; i < runs.count; i++) {
    const root = rootOf(i)
    let component = components.get(root)
    if (!component) {
      component = new Component()
      components.set(root, component)
    }
    component.add(runs.y[i]!, runs.x0[i]!, runs.x1[i]!, values, columns)
  }
  return [...components.values()]
    .filter((component) => component.isLetterSized)
    .map((component) => toGlyph(component, tone))
}

/** Links each run with those that it touches in the row above; answers with a run's group. */
function connect(runs: StrokeRuns): (run: number) => number {
  const parent = new Int32Array(runs.count)
  const rootOf = (run: number) => {
    let root = run
    while (parent[root] !== root) {
      parent[root] = parent[parent[root]!]!
      root = parent[root]!
    }
    return root
  }
  let above = 0
  for (let i = 0; i < runs.count; i++) {
    parent[i] = i
    const y = runs.y[i]!
    const x0 = runs.x0[i]!
    const x1 = runs.x1[i]!
    while (runs.y[above]! < y - 1 || (runs.y[above]! === y - 1 && runs.x1[above]! < x0 - 1)) above++
    for (let j = above; runs.y[j]! === y - 1 && runs.x0[j]! <= x1 + 1; j++) {
      parent[rootOf(j)] = rootOf(i)
    }
  }
  return rootOf
}

class Component {
  x0 = Number.POSITIVE_INFINITY
  y0 = Number.POSITIVE_INFINITY
  x1 = 0
  y1 = 0
  area = 0
  least = Number.POSITIVE_INFINITY
  most = Number.NEGATIVE_INFINITY
  sum = 0
  sumOfSquares = 0
  #origin = 0

  add(y: number, x0: number, x1: number, values: Float32Array, columns: number): void {
    if (this.area === 0) this.#origin = values[y * columns + x0]!
    this.x0 = Math.min(this.x0, x0)
    this.x1 = Math.max(this.x1, x1)
    this.y0 = Math.min(this.y0, y)
    this.y1 = y
    this.area += x1 - x0 + 1
    for (let x = x0; x <= x1; x++) {
      const stored = values[y * columns + x]!
      if (stored < this.least) this.least = stored
      if (stored > this.most) this.most = stored
      const value = stored - this.#origin
      this.sum += value
      this.sumOfSquares += value * value
    }
  }

  get isLetterSized(): boolean {
    const height = this.y1 - this.y0 + 1
    const width = this.x1 - this.x0 + 1
    return height >= leastHeight && height <= mostHeight && width <= mostWidth
  }

  get meanValue(): number {
    return this.#origin + this.sum / this.area
  }

  get spread(): number {
    const mean = this.sum / this.area
    return Math.sqrt(Math.max(0, this.sumOfSquares / this.area - mean * mean))
  }
}

function toGlyph(component: Component, tone: 'bright' | 'dark'): Glyph {
  const { x0, y0, x1, y1, area, meanValue, spread, least, most } = component
  return { box: [x0, y0, x1, y1], area, meanValue, spread, peak: tone === 'bright' ? most : least }
}
