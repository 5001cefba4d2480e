/** Of a component group; one is the delimiter that shows the form. */
const longest = 63

/**
 * A name as somebody typed it, as the first component of a PN (PS3.5 6.2.1) whole: which of its words
 * is the family name is not known. Signs that part a PN are left out.
 */
export function personName(typed: string): string {
  const clean = typed
    .replaceAll(/[\\^=\p{Cc}]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return `${Array.from(clean).slice(0, longest).join('').trim()}^`
}
