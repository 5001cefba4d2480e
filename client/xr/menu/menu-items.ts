import type { MenuItem } from '../panel/menu-item.ts'
import { lookItems } from './look-items.ts'
import { markItems } from './mark-items.ts'
import type { MenuParts } from './menu-parts.ts'
import { microphoneItem } from './microphone-item.ts'
import { peopleItems } from './people-items.ts'
import { placeItems } from './place-items.ts'
import { sliceItems } from './slice-items.ts'
import { toolItems } from './tool-items.ts'

/** The wrist menu's levels: what this person may do now, by the same table as everywhere. */
export function menuItems(parts: MenuParts): readonly MenuItem[] {
  const { host, slices, leave } = parts
  return [
    { id: 'tools', label: 'Tools', children: () => toolItems(host) },
    { id: 'look', label: 'Look', children: () => lookItems(parts) },
    { id: 'slices', label: 'Slices', children: () => sliceItems(slices) },
    { id: 'people', label: 'People', children: () => peopleItems(parts) },
    { id: 'place', label: 'Place', children: () => placeItems(parts) },
    { id: 'marks', label: 'Marks', children: () => markItems(host) },
    microphoneItem(parts),
    { id: 'leave', label: 'Leave', detail: 'the headset', run: leave },
  ]
}
