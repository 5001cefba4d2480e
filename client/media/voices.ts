import type { Ears } from '../scene/stage.ts'
import { placeListener } from './listener.ts'
import type { Sound } from './sound.ts'
import { Voice } from './voice.ts'

export interface HeardVoice {
  readonly participantId: string
  readonly track: MediaStreamTrack
}

/** Everybody's voice on this page, each by an element of its own. */
export class Voices {
  readonly #sound: Sound
  readonly #onBlocked: (blocked: boolean) => void
  readonly #place = document.createElement('div')
  readonly #voices = new Map<string, Voice>()
  #speakerId: string
  #ears: Ears | undefined

  constructor(parts: {
    sound: Sound
    speakerId: string
    /** The browser plays nothing before a press, or does now. */
    onBlocked: (blocked: boolean) => void
  }) {
    this.#sound = parts.sound
    this.#speakerId = parts.speakerId
    this.#onBlocked = parts.onBlocked
    this.#place.hidden = true
    document.body.append(this.#place)
  }

  /** By producerId; who is not in it is not heard any more. */
  hear(heard: ReadonlyMap<string, HeardVoice>): void {
    for (const [producerId, voice] of this.#voices) {
      if (heard.get(producerId)?.track === voice.track) continue
      voice.dispose()
      this.#voices.delete(producerId)
    }
    for (const [producerId, parts] of heard) {
      if (this.#voices.has(producerId)) continue
      const voice = new Voice({ ...parts, sound: this.#sound, place: this.#place })
      this.#voices.set(producerId, voice)
      if (this.#ears) voice.hearFrom(this.#ears.mouths.get(parts.participantId))
      if (this.#speakerId) this.#speak(voice)
    }
    void this.#play() // says so itself where it is not let
  }

  /** Once a frame in a headset; undefined puts everybody plainly back. */
  hearFrom(ears: Ears | undefined): void {
    this.#ears = ears
    if (ears) placeListener(this.#sound.context, ears.head)
    for (const voice of this.#voices.values()) {
      if (ears) voice.hearFrom(ears.mouths.get(voice.participantId))
      else voice.hearPlainly()
    }
  }

  chooseSpeaker(deviceId: string): void {
    this.#speakerId = deviceId
    for (const voice of this.#voices.values()) this.#speak(voice)
  }

  /** Within a press. */
  play(): void {
    this.#sound.resume()
    void this.#play() // as above
  }

  dispose(): void {
    for (const voice of this.#voices.values()) voice.dispose()
    this.#voices.clear()
    this.#place.remove()
  }

  /** All of them: those that were blocked go on once anything was pressed. */
  async #play(): Promise<void> {
    try {
      await Promise.all([...this.#voices.values()].map((voice) => voice.play()))
      this.#onBlocked(false)
    } catch {
      this.#onBlocked(true) // the browser's only reason: nobody has pressed anything yet
    }
  }

  #speak(voice: Voice): void {
    voice.chooseSpeaker(this.#speakerId).catch(() => {
      this.#speakerId = '' // unplugged since it was chosen: the default speaks
    })
  }
}
