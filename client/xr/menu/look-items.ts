import type { MenuItem } from '../panel/menu-item.ts'
import { cropItem } from './crop-item.ts'
import type { MenuParts } from './menu-parts.ts'
import { modeItems } from './mode-items.ts'
import { planeItems } from './plane-items.ts'
import { presetItems } from './preset-items.ts'
import { priorItems } from './prior-items.ts'
import { segmentItems } from './segment-items.ts'
import { windowItems } from './window-items.ts'

/** How the shared volume looks. */
export function lookItems(parts: MenuParts): readonly MenuItem[] {
  const { host } = parts
  return [
    { id: 'preset', label: 'Preset', children: () => presetItems(host) },
    { id: 'window', label: 'Window', children: () => windowItems(host) },
    { id: 'planes', label: 'Planes', children: () => planeItems(parts) },
    { id: 'mode', label: 'Mode', children: () => modeItems(host) },
    cropItem(host),
    { id: 'segments', label: 'Segments', children: () => segmentItems(host) },
    { id: 'prior', label: 'Prior', children: () => priorItems(host) },
  ]
}
