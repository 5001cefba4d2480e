import { noTurn } from '../../../shared/geometry/quaternion.ts'
import { type Projection, projections } from '../../../shared/volume/slice.ts'
import { obliqueAngles, obliqueRotation, type PaneKind, paneKinds } from '../../slices/pane-axes.ts'
import type { MenuItem } from '../panel/menu-item.ts'
import type { RoomSlices } from '../slices/room-slices.ts'

const names: Readonly<Record<PaneKind, string>> = {
  axial: 'Axial',
  coronal: 'Coronal',
  sagittal: 'Sagittal',
  oblique: 'Oblique',
}
const projectionNames: Readonly<Record<Projection, string>> = {
  mip: 'MIP',
  minip: 'MinIP',
  average: 'Average',
}
const thicknessesMm = [0, 5, 10, 20]
const manySlices = 10
const tiltDegrees = 15

/** The slice on the panel: which, where, and how thick. */
export function sliceItems(slices: RoomSlices): readonly MenuItem[] {
  const { kind, atItsPlace } = slices
  const away = kind === undefined
  return [
    ...paneKinds.map((one) => ({
      id: one,
      label: names[one],
      pressed: kind === one,
      ...(kind === one && slices.place && { detail: slices.place }),
      run: () => slices.show(one),
    })),
    {
      id: 'at-its-place',
      label: 'At its place',
      detail: atItsPlace ? 'in the volume' : 'before you',
      pressed: atItsPlace,
      disabled: away,
      run: () => slices.layAtItsPlace(!atItsPlace),
    },
    { id: 'step', label: 'Step', children: () => stepItems(slices) },
    { id: 'slab', label: 'Slab', children: () => slabItems(slices) },
    { id: 'off', label: 'Off', disabled: away, run: () => slices.show(undefined) },
  ]
}

/** As `SliceSteps` counts: on is to the feet, the back, the patient's right. */
function stepItems(slices: RoomSlices): readonly MenuItem[] {
  const disabled = slices.kind === undefined
  const { place: detail, station } = slices
  const step = (id: string, label: string, by: number): MenuItem => ({
    id,
    label,
    ...(detail && { detail }),
    disabled,
    run: () => slices.scroll(by, 'lasting'),
  })
  const { obliqueRotation: turned } = station.getNow().slicing
  const turn = (id: string, label: string, angle: 'tilt' | 'swing'): MenuItem => ({
    id,
    label,
    detail: `oblique, ${Math.round(obliqueAngles(turned)[angle])}°`,
    run: () => {
      const angles = obliqueAngles(turned)
      const next = { ...angles, [angle]: angles[angle] + tiltDegrees }
      station.move({ obliqueRotation: obliqueRotation(next) }, 'lasting')
    },
  })
  return [
    step('next', 'Next slice', 1),
    step('previous', 'Previous slice', -1),
    step('ten-on', 'Ten on', manySlices),
    step('ten-back', 'Ten back', -manySlices),
    turn('tilt', 'Tilt', 'tilt'),
    turn('swing', 'Swing', 'swing'),
    {
      id: 'as-axial',
      label: 'Not turned',
      detail: 'oblique as axial',
      run: () => station.move({ obliqueRotation: noTurn }, 'lasting'),
    },
    {
      id: 'follow',
      label: 'Shared slices',
      detail: station.getNow().own ? 'back to the leader’s' : 'as the leader has them',
      disabled: !station.getNow().own,
      run: () => station.follow(),
    },
  ]
}

function slabItems({ station }: RoomSlices): readonly MenuItem[] {
  const { slabMm, projection } = station.getNow().slicing
  return [
    ...thicknessesMm.map((mm) => ({
      id: `slab ${mm}`,
      label: mm === 0 ? 'Thin' : `${mm} mm`,
      pressed: slabMm === mm,
      run: () => station.move({ slabMm: mm }, 'lasting'),
    })),
    ...projections.map((one) => ({
      id: one,
      label: projectionNames[one],
      pressed: slabMm > 0 && projection === one,
      disabled: slabMm === 0,
      run: () => station.move({ projection: one }, 'lasting'),
    })),
  ]
}
