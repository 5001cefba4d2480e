import { useEffect, useState } from 'react'
import { wordsFor } from '../../api/http.ts'

export type Loaded<T> =
  | { readonly state: 'loading'; readonly before?: T }
  | { readonly state: 'there'; readonly value: T }
  | { readonly state: 'failed'; readonly message: string }

/** Loads when `key` changes, keeping what was there on view meanwhile. */
export function useLoaded<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
): readonly [Loaded<T>, again: () => void] {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: 'loading' })
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when to load anew
  useEffect(() => {
    const abort = new AbortController()
    setLoaded((now) => ({
      state: 'loading',
      ...(now.state === 'there' && { before: now.value }),
    }))
    load(abort.signal).then(
      (value) => {
        if (!abort.signal.aborted) setLoaded({ state: 'there', value })
      },
      (error: unknown) => {
        if (!abort.signal.aborted) setLoaded({ state: 'failed', message: wordsFor(error) })
      },
    )
    return () => abort.abort()
  }, [key, attempt])
  return [loaded, () => setAttempt((n) => n + 1)]
}
