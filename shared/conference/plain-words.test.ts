import { expect, it } from 'vitest'
import { plainWords } from './plain-words.ts'

it('one line of whole characters passes, in any script; anything else is refused', () => {
  const words = plainWords(12)
  for (const good of ['Dr Müller', '岡田', '👩‍⚕️ Ada', '  trimmed  ']) {
    expect(words.safeParse(good).success, good).toBe(true)
  }
  for (const bad of ['', '   ', 'Guest \ud800', 'two\nlines', 'a\u2028b', 'x'.repeat(13), 7]) {
    expect(words.safeParse(bad).success, String(bad)).toBe(false)
  }
})
