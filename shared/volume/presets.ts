import { ctPresets } from './presets-ct.ts'
import { mrPresets } from './presets-mr.ts'
import { ptPresets } from './presets-pt.ts'
import type { RenderMode } from './render-mode.ts'
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
  /** Absent: `composite`. */
  readonly renderMode?: RenderMode
  /** In a projection its colours are what the window's values are shown in. */
  readonly curve: readonly CurvePoint[]
}

export const presets: readonly VolumePreset[] = [...ctPresets, ...mrPresets, ...ptPresets]

/** The presets that suit a modality, the opening one first; grey for a modality without its own. */
export function presetsFor(modality: string): readonly [VolumePreset, ...VolumePreset[]] {
  const [first, ...others] = presets.filter((preset) => preset.modality === modality)
  return first ? [first, ...others] : [mrPresets[0]]
}

export function presetById(presetId: string): VolumePreset | undefined {
  return presets.find((preset) => preset.presetId === presetId)
}
