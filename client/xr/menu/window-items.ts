import { windowsFor } from '../../../shared/volume/presets-window.ts'
import type { ImmersionHost } from '../../scene/immersion.ts'
import { stepWindow } from '../../tools/deeds.ts'
import { stepPx } from '../../tools/window-step.ts'
import type { MenuItem } from '../panel/menu-item.ts'

/** A step at a time, and the windows by name that such a volume is read in. */
export function windowItems({ session, volumes }: ImmersionHost): readonly MenuItem[] {
  const { shownVolumeId, window } = session.getSnapshot()
  const volume = volumes.find(({ volumeId }) => volumeId === shownVolumeId)
  const disabled = session.may('setWindow') !== 'yes'
  const step = (id: string, label: string, dx: number, dy: number): MenuItem => ({
    id,
    label,
    disabled,
    run: () => stepWindow(session, dx, dy),
  })
  return [
    step('wider', 'Wider', stepPx, 0),
    step('narrower', 'Narrower', -stepPx, 0),
    step('brighter', 'Brighter', 0, -stepPx),
    step('darker', 'Darker', 0, stepPx),
    ...(volume ? windowsFor(volume) : []).map((named) => ({
      id: `window ${named.name}`,
      label: named.name,
      disabled,
      pressed:
        named.window.windowCenter === window.windowCenter &&
        named.window.windowWidth === window.windowWidth,
      run: () => void session.command({ type: 'setWindow', ...named.window }),
    })),
  ]
}
