import type { Polygon } from './label-slice-source.ts'

/**
 * Sets to 1 every pixel of `into` (rows × columns, x fastest) whose centre the polygons enclose by
 * the even-odd rule; holes and keyholes come out right. A centre on an edge belongs to what lies
 * right of it or below, so that neighbours share no pixel.
 */
export function fillPolygons(
  polygons: readonly Polygon[],
  columns: number,
  rows: number,
  into: Uint8Array,
): void {
  // One where an odd number of edges crosses the row between this pixel's centre and the last one's.
  const crossings = new Uint8Array(columns * rows)
  for (const polygon of polygons) {
    for (let n = 0; n < polygon.length; n += 2) {
      const next = (n + 2) % polygon.length
      cross(polygon[n]!, polygon[n + 1]!, polygon[next]!, polygon[next + 1]!, columns, crossings)
    }
  }
  for (let row = 0; row < rows; row++) {
    let isInside = 0
    for (let n = row * columns; n < (row + 1) * columns; n++) {
      isInside ^= crossings[n]!
      into[n]! |= isInside
    }
  }
}

function cross(
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  columns: number,
  crossings: Uint8Array,
): void {
  if (y0 > y1) {
    cross(x1, y1, x0, y0, columns, crossings)
    return
  }
  const rows = crossings.length / columns
  const end = Math.min(rows, Math.ceil(y1))
  for (let row = Math.max(0, Math.ceil(y0)); row < end; row++) {
    const x = x0 + ((row - y0) * (x1 - x0)) / (y1 - y0)
    const column = Math.max(0, Math.ceil(x))
    if (column < columns) crossings[row * columns + column]! ^= 1
  }
}
