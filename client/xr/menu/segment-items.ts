import type { ImmersionHost } from '../../scene/immersion.ts'
import { segmentsOf, showSegments, toggleExplode, toggleSegments } from '../../tools/look-deeds.ts'
import type { MenuItem } from '../panel/menu-item.ts'

/** All at once, or one by one; how much of each is seen is set on the page. */
export function segmentItems({ session, volumes }: ImmersionHost): readonly MenuItem[] {
  const { segments: looks, shownVolumeId, explode } = session.getSnapshot()
  const volume = volumes.find(({ volumeId }) => volumeId === shownVolumeId)
  const segments = volume ? segmentsOf(volume, looks) : []
  if (!volume || segments.length === 0) {
    return [{ id: 'none', label: 'None here', disabled: true, run: () => undefined }]
  }
  const disabled = session.may('setSegments') !== 'yes'
  const visible = segments.filter(({ look }) => look.visible).length
  return [
    {
      id: 'all',
      label: visible < segments.length ? 'Show all' : 'Hide all',
      detail: `${visible} of ${segments.length} shown`,
      disabled,
      run: () => toggleSegments(session, volume),
    },
    {
      id: 'explode',
      label: 'Move apart',
      detail: explode > 0 ? `${Math.round(100 * explode)} %` : 'in their places',
      pressed: explode > 0,
      disabled: session.may('setExplode') !== 'yes' || (visible === 0 && explode === 0),
      run: () => toggleExplode(session),
    },
    ...segments.map(({ label, look }) => ({
      id: `segment ${label.labelId}`,
      label: label.name,
      colour: `rgb(${label.colour.join(' ')})`,
      pressed: look.visible,
      disabled,
      run: () => showSegments(session, [look], !look.visible),
    })),
  ]
}
