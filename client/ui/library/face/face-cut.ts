import type { KeptSide } from '../../../../shared/case/face.ts'
import type { Profile } from './profile.ts'

/** A plane across the head, from left to right; what lies in front of it goes. */
export interface FaceCut {
  /** How far the plane leans back at the forehead; 0 is upright, degrees. */
  readonly leanDegrees: number
  /** From the most forward point to where the plane crosses the middle height, mm. */
  readonly depthMm: number
}

export const steepestDegrees = 60

/** Behind eyes, nose and mouth of most; the person moves it. */
export function firstCut({ width, mmPerPixel }: Profile): FaceCut {
  return { leanDegrees: 25, depthMm: Math.round(0.22 * width * mmPerPixel) }
}

/** In patient space: everything behind and above the plane stays. */
export function keptSide({ leanDegrees, depthMm }: FaceCut, profile: Profile): KeptSide {
  const angle = (leanDegrees * Math.PI) / 180
  const normal: [number, number, number] = [0, Math.cos(angle), Math.sin(angle)]
  const middleMm = profile.topMm - (profile.height / 2) * profile.mmPerPixel
  const offsetMm = normal[1] * (profile.frontMm + depthMm) + normal[2] * middleMm
  return { normal, offsetMm }
}
