import { Sound } from '../../../../client/media/sound.ts'
import { Voices } from '../../../../client/media/voices.ts'
import type { Ears } from '../../../../client/scene/stage.ts'
import type { Vec3 } from '../../../../shared/geometry/transform.ts'

/** What tests drive: one voice, a tone, and what of it reaches the wearer's two ears. */
class VoicesBench {
  readonly #sound = new Sound()
  readonly #voices = new Voices({ sound: this.#sound, speakerId: '', onBlocked: () => undefined })
  readonly #ears: readonly [AnalyserNode, AnalyserNode]

  constructor() {
    const { context } = this.#sound
    const split = new ChannelSplitterNode(context, { numberOfOutputs: 2 })
    const ears = [0, 1].map((side) => {
      const ear = new AnalyserNode(context, { fftSize: 8192 })
      split.connect(ear, side)
      return ear
    })
    this.#ears = ears as unknown as readonly [AnalyserNode, AnalyserNode]
    tap(context, new GainNode(context, { channelCount: 2, channelCountMode: 'explicit' }), split)
  }

  /** After a press: browsers play nothing before one. */
  async begin(): Promise<void> {
    await this.#sound.context.resume()
    const elsewhere = new AudioContext()
    const tone = new OscillatorNode(elsewhere, { frequency: 440 })
    const destination = elsewhere.createMediaStreamDestination()
    tone.connect(destination)
    tone.start()
    const [track] = destination.stream.getAudioTracks()
    if (!track) throw new Error('the tone has no track')
    this.#voices.hear(new Map([['producer', { participantId: 'ada', track }]]))
  }

  hearFrom(head: Ears['head'] | undefined, mouth?: Vec3): void {
    const mouths = new Map<string, Vec3>(mouth && [['ada', mouth]])
    this.#voices.hearFrom(head && { head, mouths })
  }

  /** Root mean square at the left and the right ear, of the last 8192 samples. */
  levels(): [number, number] {
    const [left, right] = this.#ears.map((ear) => {
      const samples = new Float32Array(ear.fftSize)
      ear.getFloatTimeDomainData(samples)
      return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)
    })
    return [left ?? 0, right ?? 0]
  }

  /** The flat page's way: an element that sounds by itself. */
  plain(): boolean {
    const element = document.querySelector<HTMLAudioElement>('audio[data-voice]')
    return element !== null && !element.muted && !element.paused
  }
}

/** Whatever goes to the loudspeakers of a context also goes through `by` to `to`. */
function tap(context: AudioContext, by: AudioNode, to: AudioNode): void {
  const connect = AudioNode.prototype.connect as (this: AudioNode, to: AudioNode) => AudioNode
  connect.call(by, to)
  AudioNode.prototype.connect = function (this: AudioNode, ...asked: unknown[]) {
    if (asked[0] === context.destination) connect.call(this, by)
    return (connect as (...args: unknown[]) => AudioNode).apply(this, asked)
  } as typeof AudioNode.prototype.connect
}

export type { VoicesBench }

declare global {
  interface Window {
    voices: VoicesBench
  }
}
window.voices = new VoicesBench()
Object.assign(window, { bench: window.voices }) // what says that the page has started
