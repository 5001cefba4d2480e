import type { Prior } from '../../shared/conference/looks.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import type { PictureStatus } from './stage.ts'

/** What the other volume is, as "Prior · CT · 11 months earlier"; `when` is unknown within one case. */
export function comparedWords(
  { modality, label }: Pick<VolumeManifest, 'modality' | 'label'>,
  when: string | undefined,
): string {
  return when ? `Prior · ${modality} · ${when}` : `Compared · ${label}`
}

export function alignmentWords({ alignment }: Pick<Prior, 'alignment'>): string {
  return alignment === 'frame-of-reference'
    ? 'Aligned by frame of reference'
    : 'Aligned by hand: check before you compare'
}

/** How much of a picture in one place is the prior's. */
export function blendWords({ arrangement, blend }: Prior): string | undefined {
  return arrangement === 'blended' ? `${Math.round(100 * blend)} % of the picture` : undefined
}

/** Undefined once it is there whole. */
export function loadingWords({ state, fraction }: PictureStatus): string | undefined {
  if (state === 'failed') return 'did not load'
  if (state === 'loading') return `loading, ${Math.floor(100 * fraction)} %`
  return state === 'sharpening' ? 'sharpening' : undefined
}
