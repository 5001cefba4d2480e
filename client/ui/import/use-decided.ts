import { useEffect, useState } from 'react'
import type { ImportStatus } from '../../../shared/case/import.ts'
import { readQuarantine } from '../../api/quarantine.ts'

/** Whether somebody has decided about an import that was held back; its job does not say. */
export function useDecided({ importId, state }: ImportStatus): readonly [boolean, () => void] {
  const [decided, setDecided] = useState(false)
  const wasHeld = state === 'quarantined'
  useEffect(() => {
    if (!wasHeld) return
    let gone = false
    readQuarantine(importId).then(
      (held) => {
        if (!gone && !held) setDecided(true)
      },
      () => undefined, // the button to look asks again, and says why there is no answer
    )
    return () => {
      gone = true
    }
  }, [importId, wasHeld])
  return [decided, () => setDecided(true)]
}
