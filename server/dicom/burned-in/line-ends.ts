import type { Box } from './box.ts'
import type { FoundLine } from './found-line.ts'

/** Of the line's height: how far beyond its end the next letter may begin. */
const widestGap = 1.4
const inkAgreement = 0.04
/** A letter has at least a stroke of half the line's height. */
const leastStroke = 0.5

/**
 * The line with letters that were missed at its ends: as long as a little further there is ink of
 * its value. Only a line of one pen is lengthened; others have no value to go by.
 */
export function withEnds(line: FoundLine): FoundLine {
  if (!line.isDrawn && !line.hasOnePen) return line
  const { level, box, ink, isTurned } = line
  const { scale, values, columns } = level
  const [x0, y0, x1, y1] = box.map((at) => Math.floor(at / scale)) as [
    number,
    number,
    number,
    number,
  ]
  const top = isTurned ? x0 : y0
  const bottom = Math.min((isTurned ? columns : level.rows) - 1, isTurned ? x1 : y1)
  const limit = isTurned ? level.rows : columns
  const height = bottom - top + 1
  const inkAt = (along: number) => {
    let count = 0
    for (let across = top; across <= bottom; across++) {
      const at = isTurned ? along * columns + across : across * columns + along
      if (Math.abs(values[at]! - ink.value) <= inkAgreement * ink.contrast) count++
    }
    return count
  }
  const endOf = (from: number, direction: 1 | -1) => {
    let end = from
    for (;;) {
      let last = end
      let found = 0
      for (let i = 1; i <= widestGap * height; i++) {
        const along = end + i * direction
        if (along < 0 || along >= limit) break
        const count = inkAt(along)
        found += count
        if (count > 0) last = along
      }
      if (last === end || found < leastStroke * height) return end
      end = last
    }
  }
  const start = endOf(isTurned ? y0 : x0, -1) * scale
  const end =
    (endOf(isTurned ? Math.min(y1, limit - 1) : Math.min(x1, limit - 1), 1) + 1) * scale - 1
  const whole: Box = isTurned
    ? [box[0], Math.min(box[1], start), box[2], Math.max(box[3], end)]
    : [Math.min(box[0], start), box[1], Math.max(box[2], end), box[3]]
  return { ...line, box: whole }
}
