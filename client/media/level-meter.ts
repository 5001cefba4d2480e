import type { Sound } from './sound.ts'

const everyMs = 100
const steps = 8
const quietestDb = -60

/** How loud a track is, 0…1 in eighths, told whenever that changes. */
export class LevelMeter {
  readonly #sound: Sound
  readonly #onLevel: (level: number) => void
  #source: MediaStreamAudioSourceNode | undefined
  #measuring: ReturnType<typeof setInterval> | undefined
  #track: MediaStreamTrack | undefined
  #level = 0

  constructor(sound: Sound, onLevel: (level: number) => void) {
    this.#sound = sound
    this.#onLevel = onLevel
  }

  get level(): number {
    return this.#level
  }

  /** Undefined measures nothing. */
  measure(track: MediaStreamTrack | undefined): void {
    if (track === this.#track) return
    this.#track = track
    clearInterval(this.#measuring)
    this.#source?.disconnect()
    this.#source = undefined
    this.#level = 0
    if (!track) return
    const { context } = this.#sound
    const analyser = new AnalyserNode(context, { fftSize: 512 })
    this.#source = context.createMediaStreamSource(new MediaStream([track]))
    this.#source.connect(analyser)
    const samples = new Float32Array(analyser.fftSize)
    this.#measuring = setInterval(() => {
      analyser.getFloatTimeDomainData(samples)
      const level = levelOf(samples)
      if (level === this.#level) return
      this.#level = level
      this.#onLevel(level)
    }, everyMs)
  }
}

/** Samples −1…1; root mean square in decibels, −60 dB and below is 0. */
export function levelOf(samples: Float32Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  const db = 10 * Math.log10(sum / samples.length || Number.MIN_VALUE)
  return Math.round(steps * Math.min(1, Math.max(0, 1 - db / quietestDb))) / steps
}
