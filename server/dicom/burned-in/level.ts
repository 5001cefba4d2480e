import type { Picture } from './picture.ts'

/** A picture at its own size or halved: one pixel is `scale` × `scale` of the picture. */
export interface Level {
  readonly scale: number
  readonly columns: number
  readonly rows: number
  readonly values: Float32Array
}

export function fullLevel({ columns, rows, values }: Picture): Level {
  return { scale: 1, columns, rows, values: new Float32Array(values) }
}

/** Means of 2 × 2 pixels; an odd last row or column is left out. */
export function halved({ scale, columns, rows, values }: Level): Level {
  const halfColumns = columns >> 1
  const halfRows = rows >> 1
  const half = new Float32Array(halfColumns * halfRows)
  for (let y = 0; y < halfRows; y++) {
    let from = 2 * y * columns
    for (let x = 0; x < halfColumns; x++, from += 2) {
      const upper = values[from]! + values[from + 1]!
      const lower = values[from + columns]! + values[from + columns + 1]!
      half[y * halfColumns + x] = (upper + lower) / 4
    }
  }
  return { scale: scale * 2, columns: halfColumns, rows: halfRows, values: half }
}
