import { Bookmark, Hand, SlidersHorizontal, Users } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import type { PanelId } from './side-panel.tsx'

const sheets = [
  ['view', 'View', SlidersHorizontal],
  ['people', 'People', Users],
  ['marks', 'Marks', Bookmark],
] as const

/** The phone's bottom row: one thumb opens a sheet or raises a hand. */
export function Dock(props: {
  open: PanelId | undefined
  counts: { people: number; marks: number }
  hand: { raised: boolean; toggle: () => void } | undefined
  /** The microphone, first for the thumb. */
  first: ReactNode
  last: ReactNode
  onOpen: (panel: PanelId | undefined) => void
}) {
  const { open, counts, hand, first, last, onOpen } = props
  const numbers: Partial<Record<PanelId, number>> = counts
  return (
    <nav className="dock" aria-label="Sheets">
      {first}
      {sheets.map(([id, name, Icon]) => (
        <Button
          key={id}
          className="dock-button figures"
          data-testid={`dock-${id}`}
          aria-expanded={open === id}
          onPress={() => onOpen(open === id ? undefined : id)}
        >
          <Icon className="icon" aria-hidden />
          <span>
            {name} {numbers[id] || ''}
          </span>
        </Button>
      ))}
      {hand && (
        <Button
          className="dock-button"
          data-testid="dock-hand"
          aria-pressed={hand.raised}
          onPress={hand.toggle}
        >
          <Hand className="icon" aria-hidden />
          <span>{hand.raised ? 'Hand up' : 'Hand'}</span>
        </Button>
      )}
      {last}
    </nav>
  )
}
