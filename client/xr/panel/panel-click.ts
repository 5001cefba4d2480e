const pitchHz = 1100
const seconds = 0.035
const loudness = 0.05

/** A soft tick for a choice. Nothing is heard where the browser lets no sound begin. */
export class Click {
  #context: AudioContext | undefined

  play(): void {
    this.#context ??= new AudioContext()
    const context = this.#context
    if (context.state === 'suspended') {
      void context.resume() // the next choice is heard
      return
    }
    const tone = new OscillatorNode(context, { frequency: pitchHz })
    const gain = new GainNode(context, { gain: loudness })
    gain.gain.exponentialRampToValueAtTime(0.0005, context.currentTime + seconds)
    tone.connect(gain).connect(context.destination)
    tone.start()
    tone.stop(context.currentTime + seconds)
  }

  dispose(): void {
    void this.#context?.close() // nothing waits for silence
    this.#context = undefined
  }
}
