import type { Vec3 } from '../../../shared/geometry/transform.ts'
import type { ImmersionHost } from '../../scene/immersion.ts'
import { flipped, newPlane, planeKinds, planeWords, pushed, setPlane } from '../../tools/planes.ts'
import type { MenuItem } from '../menu-item.ts'

const pushMm = 5

export function planeItems({ session, patient }: ImmersionHost): readonly MenuItem[] {
  const disabled = session.may('setClippingPlane') !== 'yes'
  const planes = () => session.getSnapshot().clippingPlanes
  const corners = (): readonly Vec3[] => patient.corners
  const last = planes().at(-1)
  const words = last && planeWords(last.normal)
  const detail = words ? `${words.name}, ${words.keeps}` : 'no plane yet'
  const onLast = (id: string, label: string, run: (plane: NonNullable<typeof last>) => void) => ({
    id,
    label,
    detail,
    disabled: disabled || !last,
    run: () => {
      const plane = planes().at(-1)
      if (plane) run(plane)
    },
  })
  const push = (mm: number) => (plane: NonNullable<typeof last>) =>
    void session.command(setPlane(pushed(plane, mm, corners())))
  return [
    ...planeKinds.map((kind) => ({
      id: kind.name.toLowerCase(),
      label: kind.name,
      detail: 'cut in the middle',
      disabled: disabled || newPlane(kind, planes(), corners()) === undefined,
      run: () => {
        const plane = newPlane(kind, planes(), corners())
        if (plane) void session.command(setPlane(plane))
      },
    })),
    onLast('flip', 'Flip', (plane) => void session.command(setPlane(flipped(plane)))),
    onLast('deeper', 'Deeper', push(pushMm)),
    onLast('back-out', 'Back out', push(-pushMm)),
    onLast('remove', 'Remove', ({ planeId }) => {
      void session.command({ type: 'removeClippingPlane', planeId })
    }),
  ]
}
