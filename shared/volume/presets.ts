import type { CurvePoint, ValueWindow } from './transfer-function.ts'

/**
 * A named look. The window maps stored values to the 0…1 axis of the curve, so that changing the
 * window stretches and moves the curve.
 */
export interface VolumePreset {
  readonly presetId: string
  readonly name: string
  readonly modality: string
  /** Absent where values have no common scale: the volume's own default window is used. */
  readonly window?: ValueWindow
  readonly curve: readonly CurvePoint[]
}

const point = (
  at: number,
  [r, g, b]: readonly [number, number, number],
  opacity: number,
): CurvePoint => ({ at, r, g, b, opacity })

const fat = [0.87, 0.7, 0.5] as const
const muscle = [0.72, 0.34, 0.27] as const
const vessel = [0.84, 0.46, 0.38] as const
const marrow = [0.85, 0.68, 0.52] as const
const bone = [0.97, 0.93, 0.84] as const
const lung = [0.55, 0.68, 0.78] as const
const airway = [0.95, 0.8, 0.74] as const

/** −160…240 HU: muscle and organs under a veil of fat, bone shining through. */
const ctSoftTissue: VolumePreset = {
  presetId: 'ct-soft-tissue',
  name: 'Soft tissue',
  modality: 'CT',
  window: { windowCenter: 40, windowWidth: 400 },
  curve: [
    point(0, fat, 0),
    point(0.08, fat, 0.006),
    point(0.3, fat, 0.012),
    point(0.42, muscle, 0.06),
    point(0.56, muscle, 0.2),
    point(0.7, vessel, 0.4),
    point(0.85, bone, 0.8),
    point(1, bone, 0.95),
  ],
}

/** −500…1300 HU: the skeleton alone. */
const ctBone: VolumePreset = {
  presetId: 'ct-bone',
  name: 'Bone',
  modality: 'CT',
  window: { windowCenter: 400, windowWidth: 1800 },
  curve: [
    point(0, marrow, 0),
    point(0.35, marrow, 0),
    point(0.4, marrow, 0.08),
    point(0.47, bone, 0.5),
    point(0.6, bone, 0.9),
    point(1, [1, 1, 1], 0.98),
  ],
}

/** −1350…150 HU: airways, vessels and the lungs' surface, in the outline of the body. */
const ctLung: VolumePreset = {
  presetId: 'ct-lung',
  name: 'Lung',
  modality: 'CT',
  window: { windowCenter: -600, windowWidth: 1500 },
  curve: [
    point(0, lung, 0),
    point(0.28, lung, 0),
    point(0.4, lung, 0.004),
    point(0.5, lung, 0.03),
    point(0.62, airway, 0.16),
    point(0.74, vessel, 0.12),
    point(0.8, vessel, 0),
    point(1, vessel, 0),
  ],
}

/** Grey with a little warmth; dark voxels are left away. */
const mrDefault: VolumePreset = {
  presetId: 'mr-default',
  name: 'MR',
  modality: 'MR',
  curve: [
    point(0, [0, 0, 0], 0),
    point(0.12, [0.3, 0.24, 0.22], 0),
    point(0.3, [0.56, 0.44, 0.4], 0.04),
    point(0.6, [0.86, 0.76, 0.7], 0.3),
    point(1, [1, 0.98, 0.95], 0.7),
  ],
}

/**
 * Uptake dark in a light veil of the body, as on nuclear medicine's films. The ground behind is dark
 * too, so that the veil is what the uptake stands out from: thin enough to look through.
 */
const ptInverseGrey: VolumePreset = {
  presetId: 'pt-inverse-grey',
  name: 'PET',
  modality: 'PT',
  curve: [
    point(0, [1, 1, 1], 0),
    point(0.02, [1, 1, 1], 0),
    point(0.05, [1, 1, 0.99], 0.0035),
    point(0.2, [0.86, 0.86, 0.85], 0.006),
    point(0.3, [0.5, 0.5, 0.51], 0.02),
    point(0.45, [0.2, 0.2, 0.21], 0.2),
    point(0.7, [0.07, 0.07, 0.08], 0.6),
    point(1, [0.02, 0.02, 0.03], 0.95),
  ],
}

/** Black through red, orange and yellow to white, the hotter the denser: it opens PET. */
const ptHotIron: VolumePreset = {
  presetId: 'pt-hot-iron',
  name: 'Hot iron',
  modality: 'PT',
  curve: [
    point(0, [0, 0, 0], 0),
    point(0.02, [0.1, 0, 0], 0),
    point(0.08, [0.3, 0.02, 0], 0.004),
    point(0.25, [0.65, 0.08, 0], 0.02),
    point(0.5, [1, 0.42, 0], 0.2),
    point(0.75, [1, 0.74, 0.3], 0.55),
    point(1, [1, 1, 1], 0.9),
  ],
}

export const presets: readonly VolumePreset[] = [
  ctSoftTissue,
  ctBone,
  ctLung,
  mrDefault,
  ptHotIron,
  ptInverseGrey,
]

/** The presets that suit a modality, the opening one first; grey for a modality without its own. */
export function presetsFor(modality: string): readonly [VolumePreset, ...VolumePreset[]] {
  const [first, ...others] = presets.filter((preset) => preset.modality === modality)
  return first ? [first, ...others] : [mrDefault]
}

export function presetById(presetId: string): VolumePreset | undefined {
  return presets.find((preset) => preset.presetId === presetId)
}
