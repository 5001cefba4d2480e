import type { ConferenceSession } from '../conference/conference-session.ts'
import { LevelMeter } from './level-meter.ts'
import { Microphone } from './microphone.ts'
import { Muting } from './muting.ts'
import type { Sound } from './sound.ts'
import type { ToldView } from './told-view.ts'
import { mutedByAttending } from './words.ts'

/** This person's voice: their microphone, how loud it is, and who may have silenced it. */
export class OwnVoice {
  readonly #session: Pick<ConferenceSession, 'getSnapshot' | 'command'>
  readonly #told: ToldView
  readonly #say: (text: string) => void
  readonly #onChange: () => void
  readonly #microphone: Microphone
  readonly #meter: LevelMeter
  readonly #muting = new Muting()
  #holding = false

  constructor(parts: {
    session: Pick<ConferenceSession, 'getSnapshot' | 'command'>
    told: ToldView
    sound: Sound
    say: (text: string) => void
    /** `track` or `open` may have changed. */
    onChange: () => void
  }) {
    this.#session = parts.session
    this.#told = parts.told
    this.#say = parts.say
    this.#onChange = parts.onChange
    this.#meter = new LevelMeter(parts.sound, () => this.#tell())
    this.#microphone = new Microphone({
      deviceId: parts.told.view.microphoneId,
      onChange: () => this.#changed(),
      say: parts.say,
    })
  }

  /** What is captured, open or not. */
  get track(): MediaStreamTrack | undefined {
    return this.#microphone.track
  }

  get open(): boolean {
    return this.#microphone.wanted
  }

  toggle(): void {
    this.#holding = false
    const { wanted, state } = this.#microphone
    if (wanted && state !== 'refused') this.#microphone.close()
    else this.#open()
  }

  talk(held: boolean): void {
    if (held && !this.#microphone.wanted) {
      this.#holding = true
      this.#open()
    } else if (!held && this.#holding) this.close()
  }

  close(): void {
    this.#holding = false
    this.#microphone.close()
  }

  choose(deviceId: string): void {
    void this.#microphone.choose(deviceId) // says so itself where it cannot
  }

  /** Something was plugged in or out. */
  plugged(microphones: number): void {
    this.#microphone.plugged(microphones)
  }

  /** The conference has changed. */
  follow(): void {
    const { seq } = this.#session.getSnapshot()
    const muted = this.#me?.muted === true
    if (!this.#microphone.wanted || !this.#muting.silences({ muted, seq })) return
    this.close()
    this.#say(mutedByAttending)
  }

  dispose(): void {
    this.#microphone.dispose()
  }

  get #me() {
    return this.#session.getSnapshot().participants.find(({ isMe }) => isMe)
  }

  /** Not where nobody could hear: an open microphone that is not heard is a lie. */
  #open(): void {
    const { microphone, line } = this.#told.view
    if (microphone.state === 'not-allowed') return
    if (line.state === 'unavailable') {
      this.#say(line.message)
      return
    }
    const me = this.#me
    if (me?.muted) void this.#speakUp(me.participantId) // `command` never rejects
    this.#microphone.open()
  }

  async #speakUp(participantId: string): Promise<void> {
    this.#muting.speaksUp()
    const answer = await this.#session.command({ type: 'setMuted', participantId, muted: false })
    if (answer.ok) {
      this.#muting.heard(answer.seq)
      this.follow()
    } else this.close() // the session has told the person why
  }

  #changed(): void {
    const { state, track } = this.#microphone
    this.#meter.measure(state === 'open' ? track : undefined)
    this.#tell()
    this.#onChange()
  }

  #tell(): void {
    if (this.#told.view.microphone.state === 'not-allowed') return
    const { state, refusal = '' } = this.#microphone
    const { level } = this.#meter
    if (state === 'open') this.#told.tell({ microphone: { state, level } })
    else if (state === 'refused') this.#told.tell({ microphone: { state, message: refusal } })
    else this.#told.tell({ microphone: { state } })
  }
}
