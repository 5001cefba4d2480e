import { useEffect, useRef } from 'react'

export type Shortcuts = ReadonlyMap<string, () => void>

/**
 * Keys by `event.key` in upper case, with "CTRL+" and "SHIFT+" before it (Cmd counts as Ctrl). Left
 * alone in fields, in dialogs and menus, and where somebody else has used the key.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const now = useRef(shortcuts)
  now.current = shortcuts
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || isElsewhere(event.target)) return
      const run = now.current.get(nameOf(event))
      if (!run) return
      event.preventDefault()
      run()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
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
    'input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox]'
  return target.closest(elsewhere) !== null
}
