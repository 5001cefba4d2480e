import type { ClippingPlane, Window } from '../../shared/conference/event.ts'
import type { CropBox, Prior } from '../../shared/conference/looks.ts'
import { boxInPrior, planeInPrior, planesOfBox } from '../../shared/geometry/prior-alignment.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import { presetsFor } from '../../shared/volume/presets.ts'
import { shownScale } from '../../shared/volume/suv.ts'
import type { VolumeLook, WeighedLook } from './shown-volume.ts'

/** How the shown volume is looked at, in its own values and its own patient space. */
export type SharedLook = VolumeLook

type Compared = Pick<
  VolumeManifest,
  'modality' | 'unit' | 'suvbwFactor' | 'defaultWindow' | 'valueRange'
>

/** What the GPU cuts a volume with at most. */
const mostPlanes = 6

/** Of a picture in one place, the weights of the two; beside each other both are there whole. */
export function shares({ arrangement, blend }: Prior): { shown: number; prior: number } {
  return arrangement === 'blended' ? { shown: 1 - blend, prior: blend } : { shown: 1, prior: 1 }
}

/**
 * The prior as the shown volume is seen: cut where that is cut, and in the same window, curve and
 * mode where both are of one modality. Another modality has its own opening look.
 */
export function priorLook(
  look: SharedLook,
  prior: Prior,
  volumes: { shown: Compared; prior: Compared; priorMiddleMm: Vec3 },
): WeighedLook {
  const cut = { ...look, ...carriedCuts(look, prior, volumes.priorMiddleMm) }
  const share = { opacity: shares(prior).prior, added: prior.arrangement === 'blended' }
  if (volumes.shown.modality === volumes.prior.modality) {
    const carry = carriedValue(volumes.shown, volumes.prior)
    const { windowCenter, windowWidth } = look.window
    const window: Window = {
      windowCenter: carry(windowCenter),
      windowWidth: carry(windowWidth) - carry(0),
    }
    return { ...cut, window, isoValue: carry(look.isoValue), ...share }
  }
  const { defaultWindow, modality } = volumes.prior
  const [preset] = presetsFor(modality)
  return {
    ...cut,
    presetId: preset.presetId,
    window: preset.window ?? defaultWindow,
    curve: [],
    renderMode: preset.renderMode ?? 'composite',
    ...share,
  }
}

/**
 * Stored values of one volume as those of the other: through the unit that both are read in (HU,
 * SUV); in arbitrary units, by what each volume's own window makes of them.
 */
function carriedValue(from: Compared, to: Compared): (value: number) => number {
  const [fromScale, toScale] = [shownScale(from), shownScale(to)]
  if (fromScale.unit === toScale.unit && fromScale.unit !== '') {
    return (value) => (value * fromScale.perStored) / toScale.perStored
  }
  const grown = to.defaultWindow.windowWidth / from.defaultWindow.windowWidth
  return (value) =>
    to.defaultWindow.windowCenter + (value - from.defaultWindow.windowCenter) * grown
}

/** A crop box that is turned against the prior's axes is cut by planes, as far as there are any left. */
function carriedCuts(
  { planes, cropBox }: SharedLook,
  prior: Prior,
  priorMiddleMm: Vec3,
): { planes: readonly ClippingPlane[]; cropBox: CropBox | undefined } {
  const carried = planes.map((plane) => ({
    ...plane,
    ...planeInPrior(plane, prior, priorMiddleMm),
  }))
  if (!cropBox) return { planes: carried, cropBox }
  const box = boxInPrior(cropBox, prior)
  if (box || !cropBox.enabled) {
    return { planes: carried, cropBox: { ...cropBox, ...box } }
  }
  const sides = planesOfBox(cropBox).map((side, n) => ({
    planeId: `box ${n}`,
    enabled: true,
    ...planeInPrior(side, prior, priorMiddleMm),
  }))
  const enabled = carried.filter((plane) => plane.enabled)
  return { planes: [...enabled, ...sides].slice(0, mostPlanes), cropBox: undefined }
}
