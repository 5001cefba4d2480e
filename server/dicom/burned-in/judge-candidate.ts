import type { TextCandidate } from './text-candidates.ts'
import { type ReadWord, type TextReader, TextReaderError } from './text-reader.ts'

/** Letters and digits, of any script. */
const alphanumeric = /[\p{L}\p{N}]/gu

const sureConfidence = 60
const leastCharacters = 3
/** So many letters, drawn with one pen and value, are text even where nobody can read them. */
const leastUnreadableLetters = 5

/**
 * `read`: at least three letters or digits were recognised with confidence. `unreadable`: drawn,
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
      if (sureCharacters(words) >= leastCharacters) return 'read'
    }
  } catch (error) {
    if (error instanceof TextReaderError && error.reason !== 'not-started') return 'unreadable'
    throw error
  }
  const looksDrawn = candidate.isDrawn && candidate.letters >= leastUnreadableLetters
  return looksDrawn ? 'unreadable' : undefined
}

function sureCharacters(words: readonly ReadWord[]): number {
  return words
    .filter(({ confidence }) => confidence >= sureConfidence)
    .map(({ text }) => text.match(alphanumeric)?.length ?? 0)
    .filter((characters) => characters >= 2)
    .reduce((sum, characters) => sum + characters, 0)
}
