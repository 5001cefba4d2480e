import { useState } from 'react'
import { type PaneKind, paneKinds } from '../../slices/pane-axes.ts'

/** What stands beside what on a desk; kept in this browser. */
export const layouts = ['volume', 'both', 'slices'] as const
export type Layout = (typeof layouts)[number]
export type PaneId = 'volume' | PaneKind

const key = 'caseroom.layout'

function keptLayout(): Layout {
  const kept = localStorage.getItem(key)
  return layouts.find((layout) => layout === kept) ?? 'both'
}

/** Which panes there are now, and what changes that. A phone shows one at a time. */
export function useStationLayout(wide: boolean) {
  const [layout, setLayout] = useState(keptLayout)
  const [filled, setFilled] = useState<PaneId>()
  const alone = wide ? filled : (filled ?? 'volume')
  const choose = (chosen: Layout) => {
    localStorage.setItem(key, chosen)
    setLayout(chosen)
    setFilled(undefined)
  }
  const panes: readonly PaneKind[] = alone
    ? paneKinds.filter((kind) => kind === alone)
    : layout === 'volume'
      ? []
      : paneKinds
  const shown: Layout =
    panes.length === 0 ? 'volume' : alone || layout === 'slices' ? 'slices' : 'both'
  return {
    layout,
    /** What is on screen, whatever the layout would be. */
    shown,
    panes,
    /** The one pane that fills the stage. */
    alone,
    choose,
    fill: (pane: PaneId) => setFilled(pane),
    /** The same press again puts everything back. */
    toggle: (pane: PaneId) => setFilled((now) => (now === pane ? undefined : pane)),
    restore: () => setFilled(undefined),
    next: () => choose(layouts[(layouts.indexOf(layout) + 1) % layouts.length] ?? 'both'),
  }
}
export type StationLayout = ReturnType<typeof useStationLayout>

/** The pane that the keyboard is in. */
export function focusedPane(): PaneId {
  const within = document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset.pane
  return paneKinds.find((kind) => kind === within) ?? 'volume'
}
