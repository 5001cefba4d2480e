import type { CurvePoint } from './transfer-function.ts'

/** sRGB, 0…1. */
export type Colour = readonly [r: number, g: number, b: number]

export const point = (at: number, [r, g, b]: Colour, opacity: number): CurvePoint => ({
  at,
  r,
  g,
  b,
  opacity,
})

/** What tissue is drawn in: as a person knows it from the body, light enough to carry shading. */
export const tissue = {
  fat: [0.87, 0.7, 0.5],
  muscle: [0.72, 0.34, 0.27],
  vessel: [0.84, 0.46, 0.38],
  blood: [0.8, 0.2, 0.15],
  marrow: [0.85, 0.68, 0.52],
  bone: [0.97, 0.93, 0.84],
  skin: [0.9, 0.72, 0.6],
  brain: [0.86, 0.74, 0.7],
  lung: [0.55, 0.68, 0.78],
  airway: [0.95, 0.8, 0.74],
  air: [0.62, 0.8, 0.92],
  white: [1, 1, 1],
  black: [0, 0, 0],
} as const satisfies Record<string, Colour>
