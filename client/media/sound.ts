/** The page's one AudioContext, made when something first needs it. */
export class Sound {
  #context: AudioContext | undefined
  #speakerId = ''

  get context(): AudioContext {
    if (!this.#context) {
      this.#context = new AudioContext({ latencyHint: 'interactive' })
      this.#speak(this.#context)
    }
    return this.#context
  }

  chooseSpeaker(deviceId: string): void {
    this.#speakerId = deviceId
    if (this.#context) this.#speak(this.#context)
  }

  /** Within a press: browsers let nothing sound before one. */
  resume(): void {
    void this.#context?.resume() // stays suspended where the browser still waits for a press
  }

  dispose(): void {
    void this.#context?.close() // nobody waits for the end of a silence
    this.#context = undefined
  }

  #speak(context: AudioContext & { setSinkId?: (deviceId: string) => Promise<void> }): void {
    if (!context.setSinkId || this.#speakerId === '') return
    context.setSinkId(this.#speakerId).catch(() => {
      this.#speakerId = '' // unplugged since it was chosen: the default speaks
    })
  }
}
