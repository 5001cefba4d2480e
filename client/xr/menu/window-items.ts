import { presetsFor } from '../../../shared/volume/presets.ts'
import type { ImmersionHost } from '../../scene/immersion.ts'
import { stepWindow } from '../../tools/deeds.ts'
import { stepPx } from '../../tools/window-step.ts'
import type { MenuItem } from '../panel/menu-item.ts'

export function windowItems({ session, volumes }: ImmersionHost): readonly MenuItem[] {
  const view = session.getSnapshot()
  const volume = volumes.find(({ volumeId }) => volumeId === view.shownVolumeId)
  const disabled = session.may('setWindow') !== 'yes'
  const step = (id: string, label: string, dx: number, dy: number): MenuItem => ({
    id,
    label,
    disabled,
    run: () => stepWindow(session, dx, dy),
  })
  return [
    ...presetsFor(volume?.modality ?? '').map(({ presetId, name }) => ({
      id: presetId,
      label: name,
      disabled,
      pressed: view.presetId === presetId,
      run: () => void session.command({ type: 'setPreset', presetId }),
    })),
    step('wider', 'Wider', stepPx, 0),
    step('narrower', 'Narrower', -stepPx, 0),
    step('brighter', 'Brighter', 0, -stepPx),
    step('darker', 'Darker', 0, stepPx),
  ]
}
