import { describe, expect, it } from 'vitest'
import { fillPolygons } from './fill-polygons.ts'

const [columns, rows] = [40, 30]

function filled(...polygons: readonly (readonly number[])[]): Uint8Array {
  const into = new Uint8Array(columns * rows)
  fillPolygons(
    polygons.map((polygon) => Float64Array.from(polygon)),
    columns,
    rows,
    into,
  )
  return into
}

const count = (pixels: Uint8Array) => pixels.reduce((sum, value) => sum + value, 0)
const rectangle = (left: number, top: number, right: number, bottom: number) => [
  ...[left, top, right, top],
  ...[right, bottom, left, bottom],
]

/** By the winding of angles: another way than counting crossings. */
function encloses(polygon: readonly number[], x: number, y: number): boolean {
  let turn = 0
  for (let n = 0; n < polygon.length; n += 2) {
    const [ax, ay] = [polygon[n]! - x, polygon[n + 1]! - y]
    const next = (n + 2) % polygon.length
    const [bx, by] = [polygon[next]! - x, polygon[next + 1]! - y]
    turn += Math.atan2(ax * by - ay * bx, ax * bx + ay * by)
  }
  return Math.round(Math.abs(turn) / (2 * Math.PI)) % 2 === 1
}

describe('fillPolygons', () => {
  it('[IN-6] fills the pixels whose centre is enclosed', () => {
    const pixels = filled(rectangle(2.4, 3.6, 5.5, 6.1))
    const inside = [4, 5, 6].flatMap((y) => [3, 4, 5].map((x) => y * columns + x))
    expect([...pixels.keys()].filter((n) => pixels[n])).toEqual(inside)
  })

  it('[IN-6] leaves holes open, drawn apart or by a keyhole', () => {
    const apart = filled(rectangle(1.5, 1.5, 20.5, 20.5), rectangle(5.5, 5.5, 10.5, 10.5))
    expect(count(apart)).toBe(19 * 19 - 5 * 5)
    const [outer, inner] = [rectangle(1.5, 1.5, 20.5, 20.5), rectangle(5.5, 5.5, 10.5, 10.5)]
    const keyhole = filled([...outer, ...outer.slice(0, 2), ...inner, ...inner.slice(0, 2)])
    expect(keyhole).toEqual(apart)
  })

  it('[IN-6] gives every pixel to exactly one of two neighbours, whatever their common edge', () => {
    for (const [x0, x1] of [
      [10, 10],
      [10, 13],
      [4, 17.3],
      [12.5, 3],
    ] as const) {
      const left = filled([2, 2, x0, 2, x1, 22, 2, 22])
      const right = filled([x0, 2, 30, 2, 30, 22, x1, 22])
      expect(left.every((value, n) => value + right[n]! <= 1)).toBe(true)
      expect(count(left) + count(right)).toBe(28 * 20)
    }
  })

  it('[IN-6] agrees with another rule on a thousand pixels of random shapes', () => {
    let state = 20261122
    const random = () => {
      state = (state * 1103515245 + 12345) % 2 ** 31
      return state / 2 ** 31
    }
    for (let shape = 0; shape < 20; shape++) {
      const points = 3 + Math.floor(random() * 9)
      const polygon = Array.from({ length: 2 * points }, () => -8 + 60 * random())
      const pixels = filled(polygon)
      for (let n = 0; n < 50; n++) {
        const [x, y] = [Math.floor(random() * columns), Math.floor(random() * rows)]
        expect(pixels[y * columns + x], `shape ${shape}`).toBe(Number(encloses(polygon, x, y)))
      }
    }
  })

  it('cuts off what reaches beyond the image, and leaves alone what is elsewhere', () => {
    expect(count(filled(rectangle(-1e6, -1e6, 1e6, 1e6)))).toBe(columns * rows)
    expect(count(filled(rectangle(-50, 3, -2, 20), rectangle(45, 3, 90, 20)))).toBe(0)
    expect(count(filled([1, 1, 30, 1]))).toBe(0)
  })

  it('lays planes on each other without undoing one', () => {
    const into = new Uint8Array(columns * rows)
    for (const shape of [rectangle(1.5, 1.5, 9.5, 9.5), rectangle(4.5, 4.5, 12.5, 12.5)]) {
      fillPolygons([Float64Array.from(shape)], columns, rows, into)
    }
    expect(count(into)).toBe(64 + 64 - 25)
  })
})
