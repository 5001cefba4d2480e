import type { MediaView } from './media-session.ts'
import {
  anotherMicrophone,
  microphoneBack,
  microphoneGone,
  microphoneKept,
  microphoneWords,
} from './words.ts'

type Capture =
  | { readonly state: 'none'; readonly refusal?: string; readonly absent?: boolean }
  | { readonly state: 'asking' }
  | { readonly state: 'live'; readonly track: MediaStreamTrack }

/** For the words of a page without TLS, where browsers hide the devices altogether. */
class InsecureContextError extends Error {
  override readonly name = 'InsecureContextError'
}

/** A system that silences a track for good takes longer than this. */
const silencedForMs = 2_000

/**
 * The capture of one microphone: off → asking → open ⇄ closed. What is closed gives silence and is
 * opened without being asked for again. A device that is taken away is replaced by the one there is.
 */
export class Microphone {
  readonly #onChange: () => void
  readonly #say: (text: string) => void
  #deviceId: string
  #wanted = false
  #capture: Capture = { state: 'none' }
  /** Counts what was asked of the browser: only the last answer is taken. */
  #asked = 0
  #silenced: ReturnType<typeof setTimeout> | undefined

  constructor(parts: {
    deviceId: string
    onChange: () => void
    say: (text: string) => void
  }) {
    this.#deviceId = parts.deviceId
    this.#onChange = parts.onChange
    this.#say = parts.say
    document.addEventListener('visibilitychange', this.#looked)
  }

  get state(): Exclude<MediaView['microphone']['state'], 'not-allowed'> {
    const { state } = this.#capture
    if (state === 'live') return this.#wanted ? 'open' : 'closed'
    if (state === 'asking') return 'asking'
    return this.refusal === undefined ? 'off' : 'refused'
  }

  get refusal(): string | undefined {
    return this.#capture.state === 'none' ? this.#capture.refusal : undefined
  }

  /** True from the press on, while the browser still asks. */
  get wanted(): boolean {
    return this.#wanted
  }

  get track(): MediaStreamTrack | undefined {
    return this.#capture.state === 'live' ? this.#capture.track : undefined
  }

  open(): void {
    this.#wanted = true
    if (this.#capture.state === 'none') void this.#acquire()
    if (this.track) this.track.enabled = true
    this.#onChange()
  }

  /** Silent at once, before anybody is told. */
  close(): void {
    this.#wanted = false
    if (this.track) this.track.enabled = false
    this.#onChange()
  }

  async choose(deviceId: string): Promise<void> {
    this.#deviceId = deviceId
    if (this.#capture.state === 'none') return
    if ((await this.#acquire()) === 'kept') this.#say(microphoneKept)
  }

  /** Something was plugged in or out. */
  plugged(microphones: number): void {
    if (this.#capture.state !== 'none' || !this.#capture.absent || microphones === 0) return
    if (this.#wanted) void this.#acquire()
    else {
      this.#become({ state: 'none' })
      this.#say(microphoneBack)
    }
  }

  dispose(): void {
    this.#asked++
    clearTimeout(this.#silenced)
    document.removeEventListener('visibilitychange', this.#looked)
    this.track?.stop()
    this.#wanted = false
    this.#become({ state: 'none' })
  }

  /** With a capture at work it goes on until the next is there, and where none is to be had. */
  async #acquire(): Promise<'taken' | 'kept' | 'refused' | 'overtaken'> {
    const asked = ++this.#asked
    const before = this.track
    if (!before) this.#become({ state: 'asking' })
    let track: MediaStreamTrack
    try {
      track = await capture(this.#deviceId)
    } catch (error) {
      if (asked !== this.#asked) return 'overtaken'
      if (before?.readyState === 'live') return 'kept'
      this.#refuse(error, before !== undefined)
      return 'refused'
    }
    if (asked !== this.#asked) {
      track.stop()
      return 'overtaken'
    }
    this.#take(track)
    return 'taken'
  }

  /** What was open when it was unplugged is opened again; what was refused is asked for again. */
  #refuse(error: unknown, wasThere: boolean): void {
    const absent = nameOf(error) === 'NotFoundError'
    const lost = wasThere && absent
    const refusal = lost ? microphoneGone(this.#wanted) : microphoneWords(error)
    if (!lost) this.#wanted = false
    this.#become({ state: 'none', refusal, absent })
    this.#say(refusal)
  }

  #take(track: MediaStreamTrack): void {
    this.track?.stop()
    track.enabled = this.#wanted
    track.addEventListener('ended', () => void this.#ended(track))
    track.addEventListener('mute', () => this.#watchSilence(track))
    this.#become({ state: 'live', track })
  }

  /** Unplugged, or taken by the system: `stop` of our own fires nothing. */
  async #ended(track: MediaStreamTrack): Promise<void> {
    if (this.track !== track) return
    const outcome = await this.#acquire()
    if (outcome === 'taken' && this.track)
      this.#say(anotherMicrophone(this.track.label, this.#wanted))
  }

  #watchSilence(track: MediaStreamTrack): void {
    clearTimeout(this.#silenced)
    this.#silenced = setTimeout(() => this.#renew(track), silencedForMs)
  }

  /** A headset that was taken off and put on again; a phone that was locked. */
  readonly #looked = (): void => {
    if (document.visibilityState === 'visible' && this.track) this.#renew(this.track)
  }

  #renew(track: MediaStreamTrack): void {
    const works = !track.muted && track.readyState === 'live'
    if (this.track === track && !works) void this.#acquire()
  }

  #become(capture: Capture): void {
    this.#capture = capture
    this.#onChange()
  }
}

async function capture(deviceId: string): Promise<MediaStreamTrack> {
  if (!navigator.mediaDevices) throw new InsecureContextError()
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: {
      ...(deviceId && { deviceId: { ideal: deviceId } }),
      channelCount: { ideal: 1 },
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
    },
  })
  const [track] = stream.getAudioTracks()
  if (!track) throw new DOMException('no audio track', 'NotFoundError')
  return track
}

const nameOf = (error: unknown): string =>
  error instanceof Error || error instanceof DOMException ? error.name : ''
