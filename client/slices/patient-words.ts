import type { Vec3 } from '../../shared/geometry/transform.ts'

/** PS3.3 C.7.6.1.1.1, in LPS; head and feet as on every view. */
const letters = [
  ['L', 'R'],
  ['P', 'A'],
  ['H', 'F'],
] as const

/** Below this share of a unit direction an axis goes without a letter: 6°. */
const leastShare = 0.1

/** The nearest letters of a unit direction, the nearer first: "R", "RA". */
export function directionLetters(direction: Vec3): string {
  return direction
    .map((share, axis) => ({ share, axis }))
    .filter(({ share }) => Math.abs(share) >= leastShare)
    .sort((a, b) => Math.abs(b.share) - Math.abs(a.share))
    .slice(0, 2)
    .map(({ share, axis }) => letters[axis]?.[share > 0 ? 0 : 1] ?? '')
    .join('')
}

/** "L 12.0  A 3.4  H 120.5 mm" */
export function placeWords(pointMm: Vec3): string {
  const parts = pointMm.map((mm, axis) => {
    const shown = tenths(mm)
    return `${letters[axis]?.[shown >= 0 ? 0 : 1]} ${Math.abs(shown).toFixed(1)}`
  })
  return `${parts.join('  ')} mm`
}

/** How far along a direction, with its letter: "H 23.4 mm" or, behind, "F 23.4 mm". */
export function offsetWords(direction: Vec3, mm: number): string {
  const shown = tenths(mm)
  const towards = directionLetters(
    shown >= 0 ? direction : [-direction[0], -direction[1], -direction[2]],
  )
  return `${towards} ${Math.abs(shown).toFixed(1)} mm`
}

const tenths = (mm: number): number => Math.round(mm * 10) / 10 || 0
