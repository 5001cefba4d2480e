/** Nothing has come for too long. */
export class Stalled extends Error {
  constructor() {
    super('nothing has come for too long')
  }
}

/** Breaks a request off once nothing of it has come for so long, so that its slot is another's. */
export class StallWatch {
  readonly #ms: number
  readonly #abort = new AbortController()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(ms: number) {
    this.#ms = ms
    this.heard()
  }

  /** Aborted with a `Stalled`. */
  get signal(): AbortSignal {
    return this.#abort.signal
  }

  heard(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#abort.abort(new Stalled()), this.#ms)
  }

  end(): void {
    clearTimeout(this.#timer)
  }
}

/** A body, read as it comes: the watch, which can break its request off, hears of every part. */
export async function readWhole(response: Response, watch: StallWatch): Promise<Uint8Array> {
  watch.heard()
  const parts: Uint8Array[] = []
  let length = 0
  const reader = response.body?.getReader()
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    watch.heard()
    parts.push(value)
    length += value.length
  }
  const [first] = parts
  if (first && parts.length === 1) return first
  const body = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    body.set(part, at)
    at += part.length
  }
  return body
}
