/**
 * Twelve hues told apart by colour-blind eyes on the dark ground; a person keeps one in list, laser,
 * mark and avatar, always beside their initials.
 */
export const participantColours = [
  '#4cc2ff',
  '#ffb000',
  '#dc6fb4',
  '#5bd08a',
  '#fe6100',
  '#8f9bff',
  '#f0e442',
  '#00c9b1',
  '#ff8d85',
  '#b98cff',
  '#a8c64a',
  '#d0d4da',
] as const

export function participantColour(colour: number): string {
  return participantColours[colour % participantColours.length] ?? participantColours[0]
}

/** At most two letters: of the first and the last word that is no title. */
export function initialsOf(displayName: string): string {
  const words = displayName
    .split(/[\s,]+/)
    .filter((word) => /\p{L}/u.test(word) && !/^(dr|prof|pd|mr|mrs|ms|md)\.?$/i.test(word))
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.match(/\p{L}/u)?.[0] ?? '')
    .join('')
  return (letters || displayName.trim().slice(0, 1) || '?').toUpperCase()
}
