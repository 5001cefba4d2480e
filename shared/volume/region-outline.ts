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

/** Heights at which edges cross. */
function selfCrossings(outline: readonly PlanePoint[]): number[] {
  const heights: number[] = []
  const edges = outline.map((from, n) => [from, outline[(n + 1) % outline.length]] as const)
  for (const [n, [a, b]] of edges.entries()) {
    for (const [c, d] of edges.slice(n + 2)) {
      if (!b || !d) continue
      const [ux, uy, vx, vy] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]]
      const across = ux * vy - uy * vx
      if (across === 0) continue
      const along = ((c[0] - a[0]) * vy - (c[1] - a[1]) * vx) / across
      const alongOther = ((c[0] - a[0]) * uy - (c[1] - a[1]) * ux) / across
      if (along > 0 && along < 1 && alongOther > 0 && alongOther < 1)
        heights.push(a[1] + along * uy)
    }
  }
  return heights
}
