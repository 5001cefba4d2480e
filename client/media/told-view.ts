import type { MediaView } from './media-session.ts'

export const nothingYet: MediaView = {
  line: { state: 'connecting' },
  microphone: { state: 'off' },
  microphones: [],
  speakers: [],
  microphoneId: '',
  speakerId: '',
  soundBlocked: false,
  sharing: false,
  view: undefined,
  watching: true,
  needsView: undefined,
}

/** The snapshot and who listens to it: parts that stay equal stay the same object. */
export class ToldView {
  readonly #listeners = new Set<() => void>()
  #view: MediaView

  constructor(view: MediaView) {
    this.#view = view
  }

  get view(): MediaView {
    return this.#view
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  tell(changed: Partial<MediaView>): void {
    const keys = Object.keys(changed) as (keyof MediaView)[]
    const news = keys.filter((key) => !alike(changed[key], this.#view[key]))
    if (news.length === 0) return
    this.#view = { ...this.#view, ...Object.fromEntries(news.map((key) => [key, changed[key]])) }
    for (const listener of this.#listeners) listener()
  }
}

/** Plain values, and objects of plain values one level deep. */
function alike(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b || Array.isArray(a)) return false
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].every((key) => Object.is(a[key as keyof typeof a], b[key as keyof typeof b]))
}
