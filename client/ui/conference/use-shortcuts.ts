import { useEffect, useRef } from 'react'

/** A key that does something while it is held. */
export interface Hold {
  readonly press: () => void
  readonly release: (heldMs: number) => void
  /** It may still be held, but whoever holds it is elsewhere. */
  readonly cancel: () => void
}

export type Shortcuts = ReadonlyMap<string, (() => void) | Hold>

/**
 * Keys by `event.key` in upper case, with "CTRL+" and "SHIFT+" before it (Cmd counts as Ctrl). Left
 * alone in fields, in dialogs and menus, and where somebody else has used the key.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const now = useRef(shortcuts)
  now.current = shortcuts
  useEffect(() => {
    let held: { code: string; hold: Hold; sinceMs: number } | undefined
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || isElsewhere(event.target)) return
      const run = now.current.get(nameOf(event))
      if (!run) return
      event.preventDefault()
      if (typeof run === 'function') run()
      else if (!event.repeat && !held) {
        held = { code: event.code, hold: run, sinceMs: performance.now() }
        run.press()
      }
    }
    const cancel = () => {
      held?.hold.cancel()
      held = undefined
    }
    const release = (event: KeyboardEvent) => {
      if (event.key === 'Meta') cancel() // macOS tells of no other key that is let go of beside it
      if (event.code !== held?.code) return
      const { hold, sinceMs } = held
      held = undefined
      hold.release(performance.now() - sinceMs)
    }
    document.addEventListener('keydown', press)
    document.addEventListener('keyup', release)
    window.addEventListener('blur', cancel) // no keyup comes from elsewhere
    return () => {
      document.removeEventListener('keydown', press)
      document.removeEventListener('keyup', release)
      window.removeEventListener('blur', cancel)
      cancel()
    }
  }, [])
}

/** A sign that needs Shift on some keyboards, as "?", is its own name. */
export function nameOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey'>) {
  const { key, ctrlKey, metaKey, shiftKey } = event
  const sign = key.length === 1 && key.toUpperCase() === key.toLowerCase()
  const ctrl = ctrlKey || metaKey ? 'CTRL+' : ''
  return `${ctrl}${shiftKey && !sign ? 'SHIFT+' : ''}${key.toUpperCase()}`
}

function isElsewhere(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false
  const elsewhere =
    'input, textarea, select, [contenteditable], [role=dialog], [role=alertdialog], [role=menu], [role=listbox]'
  return target.closest(elsewhere) !== null
}
