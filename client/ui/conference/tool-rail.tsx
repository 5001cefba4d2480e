import type { MouseEvent } from 'react'
import { Focusable } from 'react-aria-components/Focusable'
import { Toolbar } from 'react-aria-components/Toolbar'
import type { ConferenceSession } from '../../conference/conference-session.ts'
import type { ToolId } from '../../scene/tool-id.ts'
import { Tip } from '../common/tip.tsx'
import { mayUse, type ToolEntry, toolEntries, whatToolDoes } from './tools.ts'
import './tool-rail.css'

/** A tool that a role never has is absent; one that waits for the lead is there and says so. */
export function ToolRail(props: {
  session: ConferenceSession
  active: ToolId
  wide: boolean
  whyNot: string
  onChoose: (tool: ToolId) => void
}) {
  const { session, active, wide, whyNot, onChoose } = props
  const there = toolEntries.filter(({ id }) => mayUse(id, session) !== 'not-allowed')
  return (
    <Toolbar
      className="tools"
      aria-label="Tools"
      orientation={wide ? 'vertical' : 'horizontal'}
      data-testid="tools"
    >
      {there.map((entry) => (
        <ToolButton
          key={entry.id}
          entry={entry}
          tip={mayUse(entry.id, session) === 'yes' ? whatToolDoes(entry, session) : whyNot}
          chosen={entry.id === active}
          waits={mayUse(entry.id, session) !== 'yes'}
          wide={wide}
          onChoose={() => onChoose(entry.id)}
        />
      ))}
    </Toolbar>
  )
}

function ToolButton(props: {
  entry: ToolEntry
  tip: string
  chosen: boolean
  waits: boolean
  wide: boolean
  onChoose: () => void
}) {
  const { entry, tip, chosen, waits, wide, onChoose } = props
  const Icon = entry.icon
  return (
    <Tip text={tip} keys={entry.key} placement={wide ? 'right' : 'top'}>
      <Focusable>
        <button
          type="button"
          className="tool"
          data-testid={`tool-${entry.id}`}
          aria-pressed={chosen}
          aria-disabled={waits || undefined}
          aria-keyshortcuts={entry.key}
          onMouseDown={keepStill}
          onClick={onChoose}
        >
          <Icon className="icon" aria-hidden />
          <span>{entry.name}</span>
        </button>
      </Focusable>
    </Tip>
  )
}

/**
 * The toolbar sends focus that comes back to where it was last, which may be scrolled out of sight on
 * a phone: the strip would move away under the finger, and the press with it.
 */
function keepStill(event: MouseEvent): void {
  event.preventDefault()
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
}
