import type { VolumePreset } from './presets.ts'
import { point, tissue } from './presets-point.ts'

const { fat, muscle, vessel, blood, marrow, bone, skin, brain, lung, airway, air, white, black } =
  tissue

/** −160…240 HU: muscle and organs under a veil of fat, bone shining through. */
const softTissue: VolumePreset = {
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
const skeleton: VolumePreset = {
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
    point(1, white, 0.98),
  ],
}

/** −1350…150 HU: airways, vessels and the lungs' surface, in the outline of the body. */
const lungs: VolumePreset = {
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

/** 0…600 HU: blood with contrast medium, and the bones it runs along; soft tissue is left away. */
const vessels: VolumePreset = {
  presetId: 'ct-vessel',
  name: 'Vessels',
  modality: 'CT',
  window: { windowCenter: 300, windowWidth: 600 },
  curve: [
    point(0, blood, 0),
    point(0.2, blood, 0),
    point(0.3, blood, 0.03),
    point(0.42, vessel, 0.4),
    point(0.58, vessel, 0.65),
    point(0.7, bone, 0.85),
    point(1, bone, 0.96),
  ],
}

/**
 * 0…80 HU: fluid clear, brain veiled, fresh blood (50…70 HU) dense. What is denser than the window
 * is left away, or the skull would hide all.
 */
const head: VolumePreset = {
  presetId: 'ct-brain',
  name: 'Brain',
  modality: 'CT',
  window: { windowCenter: 40, windowWidth: 80 },
  curve: [
    point(0, brain, 0),
    point(0.18, brain, 0),
    point(0.3, brain, 0.01),
    point(0.5, brain, 0.05),
    point(0.65, brain, 0.1),
    point(0.72, blood, 0.3),
    point(0.9, blood, 0.5),
    point(0.97, blood, 0.2),
    point(1, blood, 0),
  ],
}

/** −500…100 HU: the body from outside. */
const surface: VolumePreset = {
  presetId: 'ct-skin',
  name: 'Skin',
  modality: 'CT',
  window: { windowCenter: -200, windowWidth: 600 },
  curve: [
    point(0, skin, 0),
    point(0.35, skin, 0),
    point(0.45, skin, 0.4),
    point(0.6, skin, 0.92),
    point(1, skin, 0.98),
  ],
}

/** −1350…150 HU: where air meets tissue, as glass: airways, the lungs, air in the bowel. */
const airways: VolumePreset = {
  presetId: 'ct-airway',
  name: 'Airways',
  modality: 'CT',
  window: { windowCenter: -600, windowWidth: 1500 },
  curve: [
    point(0, air, 0),
    point(0.3, air, 0),
    point(0.4, air, 0.008),
    point(0.5, air, 0.05),
    point(0.58, airway, 0.05),
    point(0.66, airway, 0),
    point(1, airway, 0),
  ],
}

/** 0…600 HU, the brightest value of each ray: contrast medium, and bone. */
const angiogram: VolumePreset = {
  presetId: 'ct-angio-mip',
  name: 'Angio MIP',
  modality: 'CT',
  window: { windowCenter: 300, windowWidth: 600 },
  renderMode: 'mip',
  curve: [point(0, black, 0), point(1, white, 0.9)],
}

export const ctPresets: readonly [VolumePreset, ...VolumePreset[]] = [
  softTissue,
  skeleton,
  lungs,
  vessels,
  head,
  surface,
  airways,
  angiogram,
]
