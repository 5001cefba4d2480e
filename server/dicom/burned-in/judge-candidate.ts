import type { TextCandidate } from './text-candidates.ts'
import { type ReadWord, type TextReader, TextReaderError } from './text-reader.ts'

/** Letters and digits, of any script. */
const alphanumeric = /[\p{L}\p{N}]/gu

/**
 * How sure the reader must be of how many characters. Shapes of anatomy are read as words of three
 * or four letters, at up to 70; text that is drawn is not mistaken for them.
 */
const sureConfidence = 75
const likelyConfidence = 60
const leastSureCharacters = 3
const leastLikelyCharacters = 6
/** So many letters, drawn with one pen and value, are text even where nobody can read them. */
const leastUnreadableLetters = 5

/**
 * `read`: letters or digits were recognised with confidence. `unreadable`: drawn,
 * a line of letters by its shape, yet not recognised; also where the reader failed or took too
 * long. Undefined: no text. Rejects where the reader does not start.
 */
export async function judgeCandidate(
  candidate: TextCandidate,
  reader: TextReader,
): Promise<'read' | 'unreadable' | undefined> {
  try {
    for (const image of candidate.images) {
      const { words } = await reader.read(image)
      if (saysText(words, candidate.isDrawn)) return 'read'
    }
  } catch (error) {
    if (error instanceof TextReaderError && error.reason !== 'not-started') return 'unreadable'
    throw error
  }
  const looksDrawn = candidate.isDrawn && candidate.letters >= leastUnreadableLetters
  return looksDrawn ? 'unreadable' : undefined
}

function saysText(words: readonly ReadWord[], isDrawn: boolean): boolean {
  const likely = characters(words, likelyConfidence)
  return (
    characters(words, sureConfidence) >= leastSureCharacters ||
    likely >= (isDrawn ? leastSureCharacters : leastLikelyCharacters)
  )
}

/** In words of at least two, each read with that confidence. */
function characters(words: readonly ReadWord[], leastConfidence: number): number {
  return words
    .filter(({ confidence }) => confidence >= leastConfidence)
    .map(({ text }) => text.match(alphanumeric)?.length ?? 0)
    .filter((count) => count >= 2)
    .reduce((sum, count) => sum + count, 0)
}
