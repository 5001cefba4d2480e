import { cleanWords } from '../leaving/clean-words.ts'

export interface Named {
  /** As it was written: free text. */
  readonly label: string | undefined
  /** Ours, for the codes that came with it. */
  readonly words: string | undefined
  /** Segment or ROI number, or its place where there is none. */
  readonly number: number
}

/**
 * One name for each, no two alike: what the label says of anatomy, else what its codes mean, else
 * `Segment 3` (or what `noun` says). `patient` are words of the patient's own name.
 */
export function labelNames(
  all: readonly Named[],
  noun: string,
  patient: ReadonlySet<string>,
): readonly string[] {
  const names = all.map(({ label, words, number }) => {
    const clean = label && cleanWords(label, patient)
    return { name: clean || words || `${noun} ${number}`, number }
  })
  const uses = Map.groupBy(names, ({ name }) => name)
  return names.map(({ name, number }) => (uses.get(name)!.length > 1 ? `${name} ${number}` : name))
}
