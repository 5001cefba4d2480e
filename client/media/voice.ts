import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { Sound } from './sound.ts'

type Output =
  | { readonly kind: 'plain' }
  | {
      readonly kind: 'placed'
      readonly source: MediaStreamAudioSourceNode
      readonly panner: PannerNode
    }
  | {
      readonly kind: 'beside'
      readonly source: MediaStreamAudioSourceNode
      readonly gain: GainNode
    }

/** World metres: full at an arm's length, still clear across the room. */
const nearM = 1
const rolloff = 0.7

/**
 * One person's voice. Plain it is an audio element; in a headset the element is silent (Chromium
 * gives Web Audio nothing of a remote track without one) and a panner puts it where their head is.
 */
export class Voice {
  readonly participantId: string
  readonly track: MediaStreamTrack
  readonly #element: HTMLAudioElement
  readonly #sound: Sound
  readonly #stream: MediaStream
  #output: Output = { kind: 'plain' }

  constructor(parts: {
    participantId: string
    track: MediaStreamTrack
    sound: Sound
    place: HTMLElement
  }) {
    this.participantId = parts.participantId
    this.track = parts.track
    this.#sound = parts.sound
    this.#stream = new MediaStream([parts.track])
    this.#element = document.createElement('audio')
    this.#element.dataset.voice = parts.participantId
    this.#element.srcObject = this.#stream
    parts.place.append(this.#element)
  }

  /** Rejects with NotAllowedError where the browser waits for a press. */
  async play(): Promise<void> {
    try {
      await this.#element.play()
    } catch (error) {
      // the browser ends what it plays when the element goes or the track is replaced
      if (!(error instanceof DOMException) || error.name !== 'AbortError') throw error
    }
  }

  /** '' is the browser's default. */
  async chooseSpeaker(deviceId: string): Promise<void> {
    if ('setSinkId' in this.#element) await this.#element.setSinkId(deviceId)
  }

  hearPlainly(): void {
    this.#leave()
    this.#element.muted = false
  }

  /** Heard in a headset: from a mouth in the world, m, or beside it all where there is none. */
  hearFrom(mouth: Vec3 | undefined): void {
    if (!mouth) {
      this.#hearBeside()
      return
    }
    const { panner } = this.#placed()
    panner.positionX.value = mouth[0]
    panner.positionY.value = mouth[1]
    panner.positionZ.value = mouth[2]
  }

  dispose(): void {
    this.#leave()
    this.#element.srcObject = null
    this.#element.remove()
  }

  #placed(): Extract<Output, { kind: 'placed' }> {
    if (this.#output.kind === 'placed') return this.#output
    this.#leave()
    const { context } = this.#sound
    const panner = new PannerNode(context, {
      panningModel: 'HRTF',
      distanceModel: 'inverse',
      refDistance: nearM,
      rolloffFactor: rolloff,
    })
    const source = context.createMediaStreamSource(this.#stream)
    source.connect(panner).connect(context.destination)
    this.#element.muted = true
    const output = { kind: 'placed', source, panner } as const
    this.#output = output
    return output
  }

  #hearBeside(): void {
    if (this.#output.kind === 'beside') return
    this.#leave()
    const { context } = this.#sound
    const gain = new GainNode(context)
    const source = context.createMediaStreamSource(this.#stream)
    source.connect(gain).connect(context.destination)
    this.#element.muted = true
    this.#output = { kind: 'beside', source, gain }
  }

  #leave(): void {
    if (this.#output.kind === 'plain') return
    this.#output.source.disconnect()
    if (this.#output.kind === 'placed') this.#output.panner.disconnect()
    else this.#output.gain.disconnect()
    this.#output = { kind: 'plain' }
  }
}
