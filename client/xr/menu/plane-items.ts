import { addPlane, flipLastPlane, pushLastPlane, removeLastPlane } from '../../tools/deeds.ts'
import { newPlane, planeKinds, planeWords, setPlane } from '../../tools/planes.ts'
import type { MenuItem } from '../panel/menu-item.ts'
import type { MenuParts } from './menu-parts.ts'

const pushMm = 5
/** One for all slices: cut anew it goes along. */
const sliceCut = { planeId: 'slice', enabled: true } as const

export function planeItems({ host, slices }: MenuParts): readonly MenuItem[] {
  const { session, patient } = host
  const mayNot = session.may('setClippingPlane') !== 'yes'
  const { clippingPlanes } = session.getSnapshot()
  const last = clippingPlanes.at(-1)
  const words = last && planeWords(last.normal)
  const detail = words ? `${words.name}, ${words.keeps}` : 'no plane yet'
  const disabled = mayNot || !last
  const push = (mm: number) => () => pushLastPlane(session, mm, patient.corners)
  return [
    ...planeKinds.map((kind) => ({
      id: kind.name.toLowerCase(),
      label: kind.name,
      detail: 'cut in the middle',
      disabled: mayNot || newPlane(kind, clippingPlanes, patient.corners) === undefined,
      run: () => void addPlane(session, kind, patient.corners),
    })),
    {
      id: 'at-the-slice',
      label: 'At the slice',
      detail: slices.plane ? (slices.place ?? 'as it lies') : 'no slice is shown',
      disabled: mayNot || !slices.plane,
      run: () => {
        if (slices.plane) void session.command(setPlane({ ...sliceCut, ...slices.plane }))
      },
    },
    { id: 'flip', label: 'Flip', detail, disabled, run: () => flipLastPlane(session) },
    { id: 'deeper', label: 'Deeper', detail, disabled, run: push(pushMm) },
    { id: 'back-out', label: 'Back out', detail, disabled, run: push(-pushMm) },
    { id: 'remove', label: 'Remove', detail, disabled, run: () => removeLastPlane(session) },
  ]
}
