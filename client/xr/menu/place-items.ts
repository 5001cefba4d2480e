import { lifeSize } from '../../tools/deeds.ts'
import type { MenuItem } from '../panel/menu-item.ts'
import type { MenuParts } from './menu-parts.ts'

export function placeItems({ host, wearer }: MenuParts): readonly MenuItem[] {
  const { session } = host
  const disabled = session.may('setVolumePose') !== 'yes'
  return [
    {
      id: 'life-size',
      label: 'Life size',
      detail: `now ${Number(host.shown().pose.scale.toPrecision(2))}×`,
      disabled,
      run: () => lifeSize(session),
    },
    {
      id: 'reset-view',
      label: 'Reset the view',
      detail: 'for everybody',
      disabled,
      run: () => void session.command({ type: 'resetView' }),
    },
    { id: 'recentre', label: 'Recentre', detail: 'you', run: () => wearer.recentre() },
    {
      id: 'seated',
      label: 'Seated',
      pressed: wearer.seated,
      run: () => wearer.toggleSeated(),
    },
    { id: 'turn-left', label: 'Turn left', detail: 'you', run: () => wearer.turn('left') },
    { id: 'turn-right', label: 'Turn right', detail: 'you', run: () => wearer.turn('right') },
    {
      id: 'go-there',
      label: 'Go there',
      detail: 'point at the floor',
      run: () => wearer.goThere(),
    },
  ]
}
