import { presetsFor } from '../../../shared/volume/presets.ts'
import type { ImmersionHost } from '../../scene/immersion.ts'
import type { MenuItem } from '../panel/menu-item.ts'

/** The presets of the shown volume; a curve that was drawn on the page can be put back here. */
export function presetItems({ session, volumes }: ImmersionHost): readonly MenuItem[] {
  const view = session.getSnapshot()
  const volume = volumes.find(({ volumeId }) => volumeId === view.shownVolumeId)
  const disabled = session.may('setPreset') !== 'yes'
  return [
    ...presetsFor(volume?.modality ?? '').map(({ presetId, name }) => ({
      id: presetId,
      label: name,
      disabled,
      pressed: view.presetId === presetId,
      run: () => void session.command({ type: 'setPreset', presetId }),
    })),
    {
      id: 'own-curve',
      label: 'Own curve',
      detail: view.curve.length > 0 ? 'of the preset again' : 'the preset’s',
      disabled: view.curve.length === 0 || session.may('setCurve') !== 'yes',
      run: () => void session.command({ type: 'setCurve', curve: [] }),
    },
  ]
}
