/** A closed line in a picture: x0, y0, x1, y1 … in pixels from the middle of the top left one. */
export type Contour = Float32Array

/** Sides of a square of four pixels, clockwise from its top: side n goes from corner n to n + 1. */
type Side = 0 | 1 | 2 | 3

/**
 * The lines around everything above `threshold`, by marching squares with linear
 * interpolation between pixel centres; the inside is on their left as they are seen. Beyond the picture there is nothing, so that every line closes. Of two opposite corners
 * inside the mean of the square tells whether they belong together.
 */
export function contours(
  values: ArrayLike<number>,
  columns: number,
  rows: number,
  threshold = 127.5,
): Contour[] {
  const width = columns + 2
  const at = (column: number, row: number): number => {
    const isIn = column >= 0 && column < columns && row >= 0 && row < rows
    return isIn ? (values[row * columns + column] as number) : 0
  }
  /** Twice the place of the pixel from which a side goes right (even) or down (odd). */
  const sideId = (column: number, row: number, side: Side): number => {
    const right = side === 1 ? 1 : 0
    const below = side === 2 ? 1 : 0
    return 2 * ((row + below + 1) * width + column + right + 1) + (side & 1)
  }
  const crossing = (id: number): [number, number] => {
    const column = ((id >> 1) % width) - 1
    const row = Math.floor((id >> 1) / width) - 1
    const from = at(column, row)
    const goesDown = (id & 1) === 1
    const to = goesDown ? at(column, row + 1) : at(column + 1, row)
    const share = (threshold - from) / (to - from)
    return goesDown ? [column, row + share] : [column + share, row]
  }

  const next = new Map<number, number>()
  for (let row = -1; row < rows; row++) {
    let [topLeft, bottomLeft] = [false, false]
    for (let column = -1; column < columns; column++) {
      const topRight = at(column + 1, row) > threshold
      const bottomRight = at(column + 1, row + 1) > threshold
      const count = +topLeft + +topRight + +bottomRight + +bottomLeft
      if (count > 0 && count < 4) {
        const inside = [topLeft, topRight, bottomRight, bottomLeft]
        const isJoined =
          count === 2 &&
          topLeft === bottomRight &&
          (at(column, row) + at(column + 1, row) + at(column, row + 1) + at(column + 1, row + 1)) /
            4 >
            threshold
        for (const [from, to] of segments(inside, isJoined)) {
          next.set(sideId(column, row, from), sideId(column, row, to))
        }
      }
      ;[topLeft, bottomLeft] = [topRight, bottomRight]
    }
  }

  const lines: Contour[] = []
  for (const first of next.keys()) {
    const points: number[] = []
    let side: number | undefined = first
    while (side !== undefined) {
      points.push(...crossing(side))
      const following: number | undefined = next.get(side)
      next.delete(side)
      side = following === first ? undefined : following
    }
    lines.push(Float32Array.from(points))
  }
  return lines
}

/**
 * Lines through a square lead from a side that goes in, clockwise, to one that comes out: the next
 * one, around a corner that is inside; or, where opposite corners are joined, the one before, around
 * a corner that is outside. What comes out of a square goes into its neighbour.
 */
function* segments(
  inside: readonly boolean[],
  isJoined: boolean,
): Generator<readonly [from: Side, to: Side]> {
  const turn = isJoined ? 3 : 1
  for (const from of [0, 1, 2, 3] as const) {
    if (inside[from] || !inside[(from + 1) % 4]) continue
    let to = (from + turn) % 4
    while (!inside[to] || inside[(to + 1) % 4]) to = (to + turn) % 4
    yield [from, to as Side]
  }
}
