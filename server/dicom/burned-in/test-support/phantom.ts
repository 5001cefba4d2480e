import type { Picture } from '../picture.ts'

/** Air with noise, in it an ellipse of tissue with a ring of bone, spots of vessels in its upper half. */
export function slicePhantom(columns = 256, rows = 256) {
  const random = seeded(1)
  const values = new Int16Array(columns * rows)
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const radius = Math.hypot((x / columns - 0.5) / 0.36, (y / rows - 0.55) / 0.3)
      const isVessel = radius < 0.8 && y < rows * 0.45 && Math.hypot((x % 31) - 9, (y % 23) - 7) < 2
      const tissue = radius > 0.92 ? 700 : isVessel ? 60 : y < rows * 0.45 ? -850 : 40
      values[y * columns + x] = (radius < 1 ? tissue : -1000) + Math.round(30 * (random() - 0.5))
    }
  }
  return { columns, rows, values } satisfies Picture
}

/** Numbers from 0 to 1, the same ones for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state / 2147483648
  }
}
