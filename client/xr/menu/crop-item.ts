import type { ImmersionHost } from '../../scene/immersion.ts'
import { toggleCropBox } from '../../tools/look-deeds.ts'
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
    run: () => toggleCropBox(session, patient.corners),
  }
}
