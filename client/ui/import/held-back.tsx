import { useState } from 'react'
import { Button } from 'react-aria-components/Button'
import type { Quarantine } from '../../../shared/case/quarantine.ts'
import { wordsFor } from '../../api/http.ts'
import { readQuarantine } from '../../api/quarantine.ts'
import { ReviewDialog } from './review-dialog.tsx'

/** Below an import that is held back: the way to look at it. */
export function HeldBack({ importId, onDecided }: { importId: string; onDecided: () => void }) {
  const [held, setHeld] = useState<Quarantine>()
  const [refusal, setRefusal] = useState<string>()
  const look = async () => {
    setRefusal(undefined)
    try {
      const found = await readQuarantine(importId)
      if (found) setHeld(found)
      else onDecided()
    } catch (error) {
      setRefusal(wordsFor(error))
    }
  }
  return (
    <div className="held-back">
      <Button className="button" onPress={() => void look()}>
        Look at the pictures…
      </Button>
      {refusal && <span role="alert">{refusal}</span>}
      {held && (
        <ReviewDialog
          importId={importId}
          held={held}
          onDecided={onDecided}
          onDismiss={() => setHeld(undefined)}
        />
      )}
    </div>
  )
}
