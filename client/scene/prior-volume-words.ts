import type { Prior } from '../../shared/conference/looks.ts'
import type { PictureStatus } from './stage.ts'

export function alignmentWords({
  alignment,
  alignedBy,
}: Pick<Prior, 'alignment' | 'alignedBy'>): string {
  if (alignment === 'frame-of-reference') return 'Aligned by frame of reference'
  const how = alignedBy ? `Aligned by hand by ${alignedBy}` : 'Middle on middle, not aligned'
  return `${how}: check before you compare`
}

/** How much of a picture in one place is the prior's. */
export function blendWords({ arrangement, blend }: Prior): string | undefined {
  return arrangement === 'blended' ? `${Math.round(100 * blend)} % of the picture` : undefined
}

/** Undefined once it is there whole. */
export function loadingWords({ state, fraction }: PictureStatus): string | undefined {
  if (state === 'failed') return 'Did not load'
  if (state === 'loading') return `Loading, ${Math.floor(100 * fraction)} %`
  return state === 'sharpening' ? 'Sharpening' : undefined
}
