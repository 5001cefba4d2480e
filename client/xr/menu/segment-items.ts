import { mostSegmentsAtOnce, type SegmentLook } from '../../../shared/conference/looks.ts'
import type { VolumeLabel } from '../../../shared/volume/manifest.ts'
import type { ImmersionHost } from '../../scene/immersion.ts'
import type { MenuItem } from '../panel/menu-item.ts'

interface Segment {
  readonly label: VolumeLabel
  readonly look: SegmentLook
}

/** All at once, or one by one; how much of each is seen is set on the page. */
export function segmentItems({ session, volumes }: ImmersionHost): readonly MenuItem[] {
  const { segments: looks, shownVolumeId, explode } = session.getSnapshot()
  const segments: Segment[] = volumes
    .filter(({ volumeId }) => volumeId === shownVolumeId)
    .flatMap(({ volumeId, labels = [] }) =>
      labels.map((label) => ({ label, look: lookOf(looks, volumeId, label.labelId) })),
    )
  const disabled = session.may('setSegments') !== 'yes'
  if (segments.length === 0) {
    return [{ id: 'none', label: 'None here', disabled: true, run: () => undefined }]
  }
  const show = (changed: readonly SegmentLook[]) => () => {
    void session.command({ type: 'setSegments', segments: changed.slice(0, mostSegmentsAtOnce) })
  }
  const visible = segments.filter(({ look }) => look.visible).length
  const all = visible < segments.length
  return [
    {
      id: 'all',
      label: all ? 'Show all' : 'Hide all',
      detail: `${visible} of ${segments.length} shown`,
      disabled,
      run: show(segments.map(({ look }) => shownAs(look, all))),
    },
    {
      id: 'explode',
      label: 'Move apart',
      detail: explode > 0 ? `${Math.round(100 * explode)} %` : 'in their places',
      pressed: explode > 0,
      disabled: session.may('setExplode') !== 'yes' || visible === 0,
      run: () => void session.command({ type: 'setExplode', explode: explode > 0 ? 0 : 1 }),
    },
    ...segments.map(({ label, look }) => ({
      id: `segment ${label.labelId}`,
      label: label.name,
      colour: `rgb(${label.colour.join(' ')})`,
      pressed: look.visible,
      disabled,
      run: show([shownAs(look, !look.visible)]),
    })),
  ]
}

/** One that would be invisible all the same is put right. */
const shownAs = (look: SegmentLook, visible: boolean): SegmentLook => ({
  ...look,
  visible,
  opacity: look.opacity || 1,
})

function lookOf(looks: readonly SegmentLook[], volumeId: string, labelId: string): SegmentLook {
  const found = looks.find((look) => look.volumeId === volumeId && look.labelId === labelId)
  return found ?? { volumeId, labelId, visible: false, opacity: 1 }
}
