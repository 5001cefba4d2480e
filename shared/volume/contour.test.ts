import { describe, expect, it } from 'vitest'
import { type Contour, contours } from './contour.ts'

const pointsOf = (line: Contour) =>
  Array.from({ length: line.length / 2 }, (_, n) => [line[2 * n]!, line[2 * n + 1]!] as const)

/** Positive where the inside is on the left as seen, with y down. */
function signedArea(line: Contour): number {
  const points = pointsOf(line)
  return points.reduce((sum, [x0, y0], n) => {
    const [x1, y1] = points[(n + 1) % points.length]!
    return sum + (x1 * y0 - x0 * y1) / 2
  }, 0)
}

describe('the outline of a label', () => {
  it('[CASE-4] is a circle where the label is one, to a hundredth of a pixel', () => {
    const [cx, cy, radius] = [31.3, 27.8, 17.6]
    const soft = (x: number, y: number) =>
      127.5 + Math.max(-127.5, Math.min(127.5, 40 * (radius - Math.hypot(x - cx, y - cy))))
    const values = Float32Array.from({ length: 70 * 60 }, (_, n) =>
      soft(n % 70, Math.floor(n / 70)),
    )
    const [line, ...others] = contours(values, 70, 60)
    expect(others).toEqual([])
    for (const [x, y] of pointsOf(line!)) {
      expect(Math.abs(Math.hypot(x - cx, y - cy) - radius)).toBeLessThan(0.01)
    }
    expect(signedArea(line!)).toBeGreaterThan(0.995 * Math.PI * radius ** 2)
    expect(signedArea(line!)).toBeLessThan(Math.PI * radius ** 2)
  })

  it('[CASE-4] closes at the edge of the picture', () => {
    const [line, ...others] = contours(new Uint8Array(12).fill(255), 4, 3)
    expect(others).toEqual([])
    expect(signedArea(line!)).toBeCloseTo(4 * 3 - 4 * 0.125, 5)
  })

  it('[CASE-4] goes around a hole the other way', () => {
    const values = new Uint8Array(49).fill(255)
    values[24] = 0
    const areas = contours(values, 7, 7).map(signedArea)
    expect(areas.toSorted((a, b) => a - b).map((area) => Math.sign(area))).toEqual([-1, 1])
  })

  it('[CASE-4] takes opposite corners apart, or together, by the middle of their square', () => {
    const corners = (low: number) => Uint8Array.of(255, low, low, 255)
    expect(contours(corners(0), 2, 2)).toHaveLength(2)
    expect(contours(corners(100), 2, 2)).toHaveLength(1)
    const other = (low: number) => Uint8Array.of(low, 255, 255, low)
    expect(contours(other(0), 2, 2)).toHaveLength(2)
    expect(contours(other(100), 2, 2)).toHaveLength(1)
  })

  it('[CASE-4] of noise is closed lines, a pixel inside of each being inside', () => {
    const [columns, rows] = [41, 37]
    const values = Uint8Array.from(
      { length: columns * rows },
      (_, n) => (Math.imul(n + 1, 2654435761) >>> 24) & 255,
    )
    const lines = contours(values, columns, rows)
    for (const line of lines) {
      const points = pointsOf(line)
      for (const [n, [x, y]] of points.entries()) {
        const [nextX, nextY] = points[(n + 1) % points.length]!
        expect(Math.max(Math.abs(nextX - x), Math.abs(nextY - y))).toBeLessThanOrEqual(1)
      }
    }
    // Each pixel above the threshold lies inside an odd count of lines, each other in an even one.
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const isIn = (values[row * columns + column] ?? 0) > 127.5
        expect([column, row, windings(lines, column, row) % 2]).toEqual([column, row, +isIn])
      }
    }
  })

  it('[CASE-4] of nothing is no line', () => {
    expect(contours(new Uint8Array(20), 5, 4)).toEqual([])
  })
})

/** Crossings of the lines by a ray to the right. */
function windings(lines: readonly Contour[], x: number, y: number): number {
  let count = 0
  for (const line of lines) {
    const points = pointsOf(line)
    for (const [n, [x0, y0]] of points.entries()) {
      const [x1, y1] = points[(n + 1) % points.length]!
      if (y0 <= y !== y1 <= y && x0 + ((y - y0) / (y1 - y0)) * (x1 - x0) > x) count++
    }
  }
  return count
}
