/** Along and across a plane. */
export type PlanePoint = readonly [x: number, y: number]

/**
 * Where a line at height `y` enters and leaves a closed outline, in pairs, ascending: what lies
 * between the two of a pair is inside. An outline that crosses itself encloses what is reached over
 * an odd number of its edges, so that the middle of a pentagram is outside.
 */
export function crossingsAt(outline: readonly PlanePoint[], y: number): number[] {
  const crossings: number[] = []
  let [x0, y0] = outline.at(-1) ?? [0, 0]
  for (const [x1, y1] of outline) {
    // An end belongs to the edge above it, so that a line through a corner counts it once.
    if (y0 <= y !== y1 <= y) crossings.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0))
    ;[x0, y0] = [x1, y1]
  }
  return crossings.sort((a, b) => a - b)
}

/** What a closed outline encloses, in the unit of its points squared: exact, crossings included. */
export function enclosedArea(outline: readonly PlanePoint[]): number {
  const heights = [...outline.map(([, y]) => y), ...selfCrossings(outline)].sort((a, b) => a - b)
  let area = 0
  for (let n = 0; n + 1 < heights.length; n++) {
    const [low, high] = [heights[n] as number, heights[n + 1] as number]
    if (high <= low) continue
    // Between two such heights edges neither end nor cross: what is enclosed are trapezia.
    const crossings = crossingsAt(outline, (low + high) / 2)
    for (let c = 0; c + 1 < crossings.length; c += 2) {
      area += ((crossings[c + 1] as number) - (crossings[c] as number)) * (high - low)
    }
  }
  return area
}

/** Heights at which edges cross; of more than `most`, the first. */
export function selfCrossings(
  outline: readonly PlanePoint[],
  most = Number.POSITIVE_INFINITY,
): number[] {
  const heights: number[] = []
  const cornerAt = (n: number) => outline[n % outline.length] as PlanePoint
  for (let n = 0; n < outline.length; n++) {
    const [ax, ay] = cornerAt(n)
    const [bx, by] = cornerAt(n + 1)
    const [ux, uy] = [bx - ax, by - ay]
    if (heights.length > most) return heights
    for (let other = n + 2; other < outline.length; other++) {
      const [cx, cy] = cornerAt(other)
      const [dx, dy] = cornerAt(other + 1)
      const [vx, vy] = [dx - cx, dy - cy]
      const across = ux * vy - uy * vx
      if (across === 0) continue
      const along = ((cx - ax) * vy - (cy - ay) * vx) / across
      const alongOther = ((cx - ax) * uy - (cy - ay) * ux) / across
      if (along > 0 && along < 1 && alongOther > 0 && alongOther < 1) heights.push(ay + along * uy)
    }
  }
  return heights
}
