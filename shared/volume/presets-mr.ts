import type { VolumePreset } from './presets.ts'
import { point, tissue } from './presets-point.ts'

const { black, white, skin } = tissue

/** Grey with a little warmth; dark voxels are left away. */
const warmGrey: VolumePreset = {
  presetId: 'mr-default',
  name: 'MR',
  modality: 'MR',
  curve: [
    point(0, black, 0),
    point(0.12, [0.3, 0.24, 0.22], 0),
    point(0.3, [0.56, 0.44, 0.4], 0.04),
    point(0.6, [0.86, 0.76, 0.7], 0.3),
    point(1, [1, 0.98, 0.95], 0.7),
  ],
}

/** The first tissue that is brighter than the noise, dense. */
const surface: VolumePreset = {
  presetId: 'mr-skin',
  name: 'Skin',
  modality: 'MR',
  curve: [
    point(0, skin, 0),
    point(0.16, skin, 0),
    point(0.26, skin, 0.5),
    point(0.4, skin, 0.92),
    point(1, [1, 0.9, 0.84], 0.98),
  ],
}

/** The brightest value of each ray: flowing blood in time-of-flight and contrast angiography. */
const angiogram: VolumePreset = {
  presetId: 'mr-vessel-mip',
  name: 'Angio MIP',
  modality: 'MR',
  renderMode: 'mip',
  curve: [point(0, black, 0), point(0.4, [0.4, 0.4, 0.4], 0.02), point(1, white, 0.8)],
}

export const mrPresets: readonly [VolumePreset, ...VolumePreset[]] = [warmGrey, surface, angiogram]
