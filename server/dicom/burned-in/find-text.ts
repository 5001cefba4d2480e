import { type Body, bodyOf, liesOutside } from './body.ts'
import { type Box, grown } from './box.ts'
import { judgeCandidate } from './judge-candidate.ts'
import type { Picture } from './picture.ts'
import { textCandidates } from './text-candidates.ts'
import type { TextReader } from './text-reader.ts'

/** Where text is, and never what it says. */
export interface TextFinding {
  readonly box: Box
  /** `unreadable`: by its shape a line of letters, but no reader could tell which. */
  readonly kind: 'read' | 'unreadable'
  readonly isOutsideBody: boolean
}

/** What one picture shows, for `maskFor`. */
export interface PictureText {
  readonly findings: readonly TextFinding[]
  /** Places that looked like a line of text and were not found to be one. */
  readonly doubtful: readonly Box[]
  /** Where there are findings or doubtful places. */
  readonly body: Body | undefined
}

const mostRounds = 6

/**
 * Looks for text in one picture: candidates by their shape, then the reader. What was found is
 * blanked out and the picture looked at again, until nothing more is found: a line that was cut
 * short shows its rest. Neither the result nor an error holds what the text says.
 */
export async function findText(picture: Picture, reader: TextReader): Promise<PictureText> {
  const findings: { box: Box; kind: 'read' | 'unreadable' }[] = []
  let doubtful: Box[] = []
  let looked = picture
  for (let round = 0; round < mostRounds; round++) {
    const candidates = textCandidates(looked)
    const found: Box[] = []
    doubtful = []
    for (const candidate of candidates) {
      const kind = await judgeCandidate(candidate, reader)
      if (kind) {
        findings.push({ box: candidate.box, kind })
        found.push(candidate.box)
      } else doubtful.push(candidate.box)
    }
    if (found.length === 0) break
    looked = blanked(looked, found)
  }
  if (findings.length + doubtful.length === 0) return { findings: [], doubtful, body: undefined }
  const body = bodyOf(picture)
  return {
    findings: findings.map(({ box, kind }) => ({
      box,
      kind,
      isOutsideBody: liesOutside(body, box),
    })),
    doubtful,
    body,
  }
}

/** Rows run straight from what lies left of a box to what lies right of it. */
function blanked(picture: Picture, boxes: readonly Box[]): Picture {
  const { columns } = picture
  const values = picture.values.slice()
  for (const box of boxes) {
    const [x0, y0, x1, y1] = grown(box, 2, picture)
    for (let y = y0; y <= y1; y++) {
      const left = values[y * columns + Math.max(0, x0 - 1)]!
      const right = values[y * columns + Math.min(columns - 1, x1 + 1)]!
      for (let x = x0; x <= x1; x++) {
        values[y * columns + x] = left + ((right - left) * (x - x0)) / (x1 - x0 + 1)
      }
    }
  }
  return { ...picture, values }
}
