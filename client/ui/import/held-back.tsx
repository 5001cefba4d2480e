import { useState } from 'react'
import { Button } from 'react-aria-components/Button'
import type { Quarantine } from '../../../shared/case/quarantine.ts'
import { wordsFor } from '../../api/http.ts'
import { readQuarantine } from '../../api/quarantine.ts'
import { ReviewDialog } from './review-dialog.tsx'

/** Below an import that is held back: the way to look at it. */
export function HeldBack({ importId, onDecided }: { importId: string; onDecided: () => void }) {
  const [held, setHeld] = useState<Quarantine>()
  const [words, setWords] = useState<string>()
  const look = async () => {
    setWords(undefined)
    try {
      const found = await readQuarantine(importId)
      if (found) setHeld(found)
      else setWords('Somebody has decided about it already.')
    } catch (error) {
      setWords(wordsFor(error))
    }
  }
  const decided = () => {
    setHeld(undefined)
    setWords('Decided. What was let through is a new import above.')
    onDecided()
  }
  return (
    <div className="held-back">
      <Button className="button" onPress={() => void look()}>
        Look at the pictures…
      </Button>
      {words && <span role="status">{words}</span>}
      {held && (
        <ReviewDialog
          importId={importId}
          held={held}
          onDecided={decided}
          onDismiss={() => setHeld(undefined)}
        />
      )}
    </div>
  )
}
