/** Whole pixels of a picture, both ends included: left, top, right, bottom. */
export type Box = readonly [x0: number, y0: number, x1: number, y1: number]

export function boxArea([x0, y0, x1, y1]: Box): number {
  return (x1 - x0 + 1) * (y1 - y0 + 1)
}

export function unionOf(a: Box, b: Box): Box {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])]
}

/** Pixels that two boxes share. */
export function sharedArea(a: Box, b: Box): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]) + 1
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]) + 1
  return width > 0 && height > 0 ? width * height : 0
}

/** The box with `margin` pixels more on every side, within the picture. */
export function grown(
  [x0, y0, x1, y1]: Box,
  margin: number,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): Box {
  return [
    Math.max(0, x0 - margin),
    Math.max(0, y0 - margin),
    Math.min(columns - 1, x1 + margin),
    Math.min(rows - 1, y1 + margin),
  ]
}

/** As few boxes that cover the same: those that touch or overlap become one. */
export function merged(boxes: readonly Box[]): Box[] {
  const result: Box[] = []
  for (const box of boxes) {
    let whole = box
    for (let i = 0; i < result.length; ) {
      if (touch(result[i]!, whole)) {
        whole = unionOf(result[i]!, whole)
        result.splice(i, 1)
        i = 0
      } else i++
    }
    result.push(whole)
  }
  return result
}

function touch(a: Box, b: Box): boolean {
  return a[0] <= b[2] + 1 && b[0] <= a[2] + 1 && a[1] <= b[3] + 1 && b[1] <= a[3] + 1
}
