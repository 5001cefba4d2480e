import { boxOf } from './box.ts'
import type { Marcher } from './marcher.ts'
import type { ThumbnailScene } from './scene.ts'

/** What a picture shows, in patient mm: its centre, and its edge's length. */
export interface Frame {
  readonly x: number
  readonly z: number
  readonly edgeMm: number
}

export interface Preview {
  /** A square around all that is clearly to be seen, with a margin. */
  readonly frame: Frame
  /** The steps between which a ray at (x, z) may meet something; none where from > to. */
  stepsAt(xMm: number, zMm: number): [from: number, to: number]
}

const edge = 40
const clear = 0.004
const clearlySeen = 0.3

/** A coarse look at the whole box, so that the picture is framed and its rays skip the air. */
export function preview(scene: ThumbnailScene, { march, steps }: Marcher): Preview {
  const { low, high } = boxOf(scene)
  const whole = {
    x: (low[0] + high[0]) / 2,
    z: (low[2] + high[2]) / 2,
    edgeMm: Math.max(high[0] - low[0], high[2] - low[2]),
  }
  const first = new Int32Array(edge * edge).fill(steps)
  const last = new Int32Array(edge * edge).fill(-1)
  const seen = { left: edge, right: -1, top: edge, bottom: -1 }
  for (let row = 0; row < edge; row++) {
    for (let column = 0; column < edge; column++) {
      const gathered = march(...pointOf(whole, column, row, edge), 0, steps)
      if (gathered.alpha < clear) continue
      first[row * edge + column] = gathered.first
      last[row * edge + column] = gathered.last
      if (gathered.alpha < clearlySeen) continue
      seen.left = Math.min(seen.left, column)
      seen.right = Math.max(seen.right, column)
      seen.top = Math.min(seen.top, row)
      seen.bottom = Math.max(seen.bottom, row)
    }
  }
  return {
    frame: seen.right < 0 ? whole : framed(whole, seen),
    stepsAt: (xMm, zMm) => {
      const [column, row] = cellOf(whole, xMm, zMm)
      let [from, to] = [steps, -1]
      for (let r = Math.max(0, row - 1); r <= Math.min(edge - 1, row + 1); r++) {
        for (let c = Math.max(0, column - 1); c <= Math.min(edge - 1, column + 1); c++) {
          from = Math.min(from, first[r * edge + c]!)
          to = Math.max(to, last[r * edge + c]!)
        }
      }
      return [Math.max(0, from - slackSteps), Math.min(steps, to + slackSteps)]
    },
  }
}

/** Neighbouring rays may meet a slanting surface this much earlier or later. */
const slackSteps = 8

/** The middle of a pixel: x to the right (patient left), z upwards (head). */
export function pointOf(
  frame: Frame,
  column: number,
  row: number,
  pixels: number,
): [number, number] {
  const mm = frame.edgeMm / pixels
  return [frame.x + (column + 0.5 - pixels / 2) * mm, frame.z - (row + 0.5 - pixels / 2) * mm]
}

function cellOf(whole: Frame, xMm: number, zMm: number): [column: number, row: number] {
  const mm = whole.edgeMm / edge
  return [Math.floor((xMm - whole.x) / mm + edge / 2), Math.floor((whole.z - zMm) / mm + edge / 2)]
}

function framed(whole: Frame, seen: { left: number; right: number; top: number; bottom: number }) {
  const [left, top] = pointOf(whole, seen.left, seen.top, edge)
  const [right, bottom] = pointOf(whole, seen.right, seen.bottom, edge)
  const widest = Math.max(right - left, top - bottom) + whole.edgeMm / edge
  return { x: (left + right) / 2, z: (top + bottom) / 2, edgeMm: 1.1 * widest }
}
