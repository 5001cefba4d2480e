import type { Prior } from '../../../shared/conference/looks.ts'
import { patientAxes, turnDegrees } from '../../../shared/geometry/prior-alignment.ts'
import type { Vec3 } from '../../../shared/geometry/transform.ts'

/** One of the patient's axes with the letters of its two ends (PS3.3 C.7.6.1.1.1), in LPS. */
export interface NudgeAxis {
  readonly axis: Vec3
  /** Where the axis points, and where it comes from. */
  readonly ends: readonly [to: string, from: string]
  /** What a right-handed turn about it does, and the turn back. */
  readonly turns: readonly [on: string, back: string]
}

const [left, posterior, head] = patientAxes as [Vec3, Vec3, Vec3]

export const nudgeAxes: readonly NudgeAxis[] = [
  { axis: left, ends: ['L', 'R'], turns: ['A to F', 'A to H'] },
  { axis: posterior, ends: ['P', 'A'], turns: ['H to L', 'H to R'] },
  { axis: head, ends: ['H', 'F'], turns: ['A to L', 'A to R'] },
]

export const endNames: Readonly<Record<string, string>> = {
  L: 'left',
  R: 'right',
  P: 'posterior',
  A: 'anterior',
  H: 'towards the head',
  F: 'towards the feet',
}

/** As "12.5 mm L"; without a letter at zero. */
export function shiftWords(mm: number, [to, from]: NudgeAxis['ends']): string {
  const size = Math.abs(mm).toFixed(1)
  if (Number(size) === 0) return '0.0 mm'
  return `${size} mm ${mm > 0 ? to : from}`
}

export function turnWords({ rotation }: Pick<Prior, 'rotation'>): string {
  const degrees = turnDegrees(rotation)
  return degrees < 0.05 ? 'Not turned' : `Turned ${degrees.toFixed(1)}° in all`
}
