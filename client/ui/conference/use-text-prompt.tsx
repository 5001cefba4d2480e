import { type ReactNode, useCallback, useState } from 'react'
import { TextPrompt } from './text-prompt.tsx'

/** A dialog as a question: `ask` resolves with the words, undefined where there are none. */
export function useTextPrompt(): {
  ask: () => Promise<string | undefined>
  prompt: ReactNode
} {
  const [answer, setAnswer] = useState<{ give: (text: string | undefined) => void }>()
  const ask = useCallback(() => new Promise<string | undefined>((give) => setAnswer({ give })), [])
  const prompt = answer && (
    <TextPrompt
      onDone={(text) => {
        answer.give(text)
        setAnswer(undefined)
      }}
    />
  )
  return { ask, prompt }
}
