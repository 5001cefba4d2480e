import { wholeBox } from '../../scene/crop-handles-box.ts'
import type { ImmersionHost } from '../../scene/immersion.ts'
import type { MenuItem } from '../panel/menu-item.ts'

/** Shuts the crop box off, or puts it on as it was: around the whole volume at first. */
export function cropItem({ session, patient }: ImmersionHost): MenuItem {
  const { cropBox } = session.getSnapshot()
  const enabled = cropBox?.enabled ?? false
  return {
    id: 'crop-box',
    label: 'Crop box',
    detail: enabled ? 'on' : 'off',
    pressed: enabled,
    disabled: session.may('setCropBox') !== 'yes' || patient.corners.length === 0,
    run: () => {
      const { minMm, maxMm } = cropBox ?? wholeBox(patient.corners)
      void session.command({ type: 'setCropBox', minMm, maxMm, enabled: !enabled })
    },
  }
}
