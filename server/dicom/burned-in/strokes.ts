/** Horizontal runs of pixels, in reading order, that stand out from what lies left and right. */
export class StrokeRuns {
  count = 0
  y: Int32Array
  x0: Int32Array
  x1: Int32Array

  constructor(capacity: number) {
    this.y = new Int32Array(capacity)
    this.x0 = new Int32Array(capacity)
    this.x1 = new Int32Array(capacity)
  }

  get isFull(): boolean {
    return this.count === this.y.length
  }

  add(y: number, x0: number, x1: number): void {
    if (this.isFull) return
    this.y[this.count] = y
    this.x0[this.count] = x0
    this.x1[this.count] = x1
    this.count++
  }
}

export interface Strokes {
  readonly bright: StrokeRuns
  readonly dark: StrokeRuns
}

/** Wider runs are areas, not strokes; larger letters are looked for in a halved picture. */
const widestStroke = 14

/**
 * What a pen could have drawn: runs of at most 14 pixels, brighter (or darker) by `step` than the
 * pixels two off on either side. Lists end at an eighth of the picture's pixels each: more of them
 * is noise.
 */
export function findStrokes(
  values: Float32Array,
  columns: number,
  rows: number,
  step: number,
): Strokes {
  const capacity = Math.ceil(values.length / 8)
  const bright = new StrokeRuns(capacity)
  const dark = new StrokeRuns(capacity)
  for (let y = 0; y < rows; y++) {
    const row = y * columns
    let rise = -widestStroke
    let fall = -widestStroke
    let before = values[row]!
    let here = values[row + 1]!
    for (let x = 1; x < columns - 1; x++) {
      const after = values[row + x + 1]!
      const change = after - before
      before = here
      here = after
      if (change > step) {
        if (x - fall <= widestStroke && fall > rise) addRuns(dark, values, row, y, fall, x, -step)
        rise = x
      } else if (change < -step) {
        if (x - rise <= widestStroke && rise > fall) addRuns(bright, values, row, y, rise, x, step)
        fall = x
      }
    }
  }
  return { bright, dark }
}

/** The part of `from`…`to` that differs by `step` from both pixels outside; dark where negative. */
function addRuns(
  runs: StrokeRuns,
  values: Float32Array,
  row: number,
  y: number,
  from: number,
  to: number,
  step: number,
): void {
  const sign = Math.sign(step)
  const left = values[row + from - 1]! * sign
  const right = values[row + to + 1]! * sign
  const level = Math.max(left, right) + Math.abs(step)
  let x0 = from
  let x1 = to
  while (x0 <= x1 && values[row + x0]! * sign < level) x0++
  while (x1 >= x0 && values[row + x1]! * sign < level) x1--
  if (x1 >= x0) runs.add(y, x0, x1)
}
