import type { TextCandidate } from './text-candidates.ts'
import { type ReadWord, type TextReader, TextReaderError } from './text-reader.ts'

/** Letters and digits, of any script. */
const alphanumeric = /[\p{L}\p{N}]/gu

/**
 * How sure the reader must be of how many characters. It takes anatomy for words of three or four
 * letters, at up to 70; what one pen drew is not mistaken so easily.
 */
const sure = 80
const likely = 60
const leastSure = { anyInk: 3, onePen: 2 }
const leastLikely = { anyInk: 6, onePen: 3 }
/** So many letters, all of one value, are text even where nobody can read them. */
const leastDrawnLetters = 5
/** So many characters guessed, and for most of the shapes: text, though nobody knows which. */
const leastGuessed = 5
const leastGuessedShare = 0.6

/**
 * `read`: letters or digits were recognised with confidence. `unreadable`: a line of letters by
 * its shape, yet not recognised; also where the reader failed or took too long. Undefined: no
 * text; guesses count in lines along rows alone. Rejects where the reader does not start.
 */
export async function judgeCandidate(
  candidate: TextCandidate,
  reader: TextReader,
): Promise<'read' | 'unreadable' | undefined> {
  let guessed = 0
  try {
    for (const image of candidate.images) {
      const { words } = await reader.read(image)
      if (saysText(words, candidate)) return 'read'
      guessed = Math.max(guessed, characters(words, 0))
    }
  } catch (error) {
    if (error instanceof TextReaderError && error.reason !== 'not-started') return 'unreadable'
    throw error
  }
  const { isDrawn, hasOnePen, letters, images } = candidate
  const isUpright = images.length === 1
  const looksWritten =
    isUpright && hasOnePen && guessed >= Math.max(leastGuessed, leastGuessedShare * letters)
  return looksWritten || (isDrawn && letters >= leastDrawnLetters) ? 'unreadable' : undefined
}

function saysText(words: readonly ReadWord[], { isDrawn, hasOnePen }: TextCandidate): boolean {
  const kind = isDrawn || hasOnePen ? 'onePen' : 'anyInk'
  return (
    characters(words, sure) >= leastSure[kind] || characters(words, likely) >= leastLikely[kind]
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
