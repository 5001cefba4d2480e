import type { MenuItem } from '../panel/menu-item.ts'
import type { MenuParts } from './menu-parts.ts'

export function microphoneItem({ media }: MenuParts): MenuItem {
  const { microphone } = media.getSnapshot()
  const words = {
    off: 'off',
    asking: 'the page asks for it',
    open: 'open',
    closed: 'closed',
    refused: 'refused: see the page',
    'not-allowed': 'you listen',
  } as const
  return {
    id: 'microphone',
    label: 'Microphone',
    detail: words[microphone.state],
    pressed: microphone.state === 'open',
    disabled: microphone.state === 'not-allowed',
    run: () => media.toggleMicrophone(),
  }
}
