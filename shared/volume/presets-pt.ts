import type { VolumePreset } from './presets.ts'
import { point, tissue } from './presets-point.ts'

const { black, white } = tissue

/**
 * Uptake dark in a light veil of the body, as on nuclear medicine's films. The ground behind is dark
 * too, so that the veil is what the uptake stands out from: thin enough to look through.
 */
const inverseGrey: VolumePreset = {
  presetId: 'pt-inverse-grey',
  name: 'PET',
  modality: 'PT',
  curve: [
    point(0, white, 0),
    point(0.02, white, 0),
    point(0.05, [1, 1, 0.99], 0.0035),
    point(0.2, [0.86, 0.86, 0.85], 0.006),
    point(0.3, [0.5, 0.5, 0.51], 0.02),
    point(0.45, [0.2, 0.2, 0.21], 0.2),
    point(0.7, [0.07, 0.07, 0.08], 0.6),
    point(1, [0.02, 0.02, 0.03], 0.95),
  ],
}

/** Black through red, orange and yellow to white, the hotter the denser: it opens PET. */
const hotIron: VolumePreset = {
  presetId: 'pt-hot-iron',
  name: 'Hot iron',
  modality: 'PT',
  curve: [
    point(0, black, 0),
    point(0.02, [0.1, 0, 0], 0),
    point(0.08, [0.3, 0.02, 0], 0.004),
    point(0.25, [0.65, 0.08, 0], 0.02),
    point(0.5, [1, 0.42, 0], 0.2),
    point(0.75, [1, 0.74, 0.3], 0.55),
    point(1, [1, 1, 1], 0.9),
  ],
}

/** The highest uptake of each ray, dark on light: the picture that PET is first looked through by. */
const projection: VolumePreset = {
  presetId: 'pt-mip',
  name: 'PET MIP',
  modality: 'PT',
  renderMode: 'mip',
  curve: [point(0, white, 0), point(1, black, 0.9)],
}

export const ptPresets: readonly [VolumePreset, ...VolumePreset[]] = [
  hotIron,
  inverseGrey,
  projection,
]
