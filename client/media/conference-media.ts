import { maySpeak } from '../../shared/conference/permissions.ts'
import type { ConferenceSession, Notice } from '../conference/conference-session.ts'
import type { ParticipantView } from '../conference/conference-view.ts'
import type { Ears, ViewSource } from '../scene/stage.ts'
import { askOf, type MediaRefusedError } from './ask.ts'
import { layerForWidth } from './encodings.ts'
import { keepDevice, keptDevice } from './kept-devices.ts'
import { LevelMeter } from './level-meter.ts'
import { MediaLine } from './media-line.ts'
import type { MediaSession, MediaView } from './media-session.ts'
import { Microphone } from './microphone.ts'
import type { Wanted } from './reconcile.ts'
import { createDevice } from './rtc-device.ts'
import { SharedView } from './shared-view.ts'
import { Sound } from './sound.ts'
import { SoundDevices } from './sound-devices.ts'
import { nothingYet, ToldView } from './told-view.ts'
import { type HeardVoice, Voices } from './voices.ts'
import { wantedOf } from './wanted.ts'
import { whoNeeds, whoShouldShow, whoShows } from './who-shows.ts'
import { mutedByAttending, viewNeeded, viewNotAllowed, viewReplaced } from './words.ts'

/** The media of one participant: what the conference says, what the person wants, and the way to the SFU. */
export class ConferenceMedia implements MediaSession {
  readonly #session: ConferenceSession
  readonly #told: ToldView
  readonly #line: MediaLine
  readonly #sound = new Sound()
  readonly #voices: Voices
  readonly #microphone: Microphone
  readonly #meter: LevelMeter
  readonly #devices: SoundDevices
  readonly #shared: SharedView
  readonly #noticeListeners = new Set<(notice: Notice) => void>()
  readonly #undo: (() => void)[]
  #holding = false
  #muted = false
  #spatialLayer: 0 | 1 | 2 = 0
  #shownStream: { readonly producerId: string; readonly stream: MediaStream } | undefined

  constructor(session: ConferenceSession) {
    this.#session = session
    const microphoneId = keptDevice('microphone')
    const speakerId = keptDevice('speaker')
    const speaks = maySpeak(session.getSnapshot().me.role)
    this.#told = new ToldView({
      ...nothingYet,
      microphone: { state: speaks ? 'off' : 'not-allowed' },
      microphoneId,
      speakerId,
    })
    this.#line = new MediaLine({
      ask: askOf(session),
      createDevice,
      wanted: () => this.#wanted(),
      onReceiving: () => this.#hear(),
      onState: (line) => this.#lineChanged(line),
      onRefused: (source, error) => this.#refused(source, error),
      onEnded: (source, why) => this.#ended(source, why),
    })
    this.#sound.chooseSpeaker(speakerId)
    this.#voices = new Voices({
      sound: this.#sound,
      speakerId,
      onBlocked: (soundBlocked) => this.#told.tell({ soundBlocked }),
    })
    this.#meter = new LevelMeter(this.#sound, () => this.#tellMicrophone())
    this.#microphone = new Microphone({
      deviceId: microphoneId,
      onChange: () => this.#microphoneChanged(),
      say: (text) => this.#say('caution', text),
    })
    this.#devices = new SoundDevices(() => {
      const { microphones, speakers } = this.#devices
      this.#told.tell({ microphones, speakers })
      this.#microphone.plugged(microphones.length)
    })
    this.#shared = new SharedView(() => {
      this.#told.tell({ sharing: this.#shared.track !== undefined })
      this.#line.look()
    })
    addEventListener('pagehide', this.#hidden)
    this.#undo = [
      () => removeEventListener('pagehide', this.#hidden),
      session.subscribe(() => this.#conferenceChanged()),
      session.onMediaNote((note) => this.#line.note(note)),
    ]
    void this.#devices.read() // refuses nobody
    this.#conferenceChanged()
  }

  subscribe = (listener: () => void): (() => void) => this.#told.subscribe(listener)

  getSnapshot = (): MediaView => this.#told.view

  toggleMicrophone(): void {
    const { line } = this.#told.view
    if (line.state === 'unavailable') this.#say('caution', line.message)
    this.playSound()
    this.#holding = false
    const { wanted, state } = this.#microphone
    if (wanted && state !== 'refused') this.#microphone.close()
    else this.#openMicrophone()
  }

  talk(held: boolean): void {
    if (held && !this.#microphone.wanted) {
      this.#holding = true
      this.playSound()
      this.#openMicrophone()
    } else if (!held && this.#holding) {
      this.#holding = false
      this.#microphone.close()
    }
  }

  chooseMicrophone(deviceId: string): void {
    keepDevice('microphone', deviceId)
    this.#told.tell({ microphoneId: deviceId })
    this.#microphone.choose(deviceId)
  }

  chooseSpeaker(deviceId: string): void {
    keepDevice('speaker', deviceId)
    this.#told.tell({ speakerId: deviceId })
    this.#sound.chooseSpeaker(deviceId)
    this.#voices.chooseSpeaker(deviceId)
  }

  playSound(): void {
    this.#voices.play()
  }

  shareView(source: ViewSource | undefined): void {
    if (source) this.#shared.byHand(source)
    else this.#shared.end()
  }

  offerView(source: ViewSource | undefined): void {
    this.#shared.offer(source)
    this.#conferenceChanged()
  }

  watchView(watching: boolean): void {
    this.#told.tell({ watching })
    this.#conferenceChanged()
  }

  showViewAt(widthPx: number): void {
    this.#spatialLayer = layerForWidth(widthPx)
    this.#line.look()
  }

  needView(why: string | undefined): void {
    this.#told.tell({ needsView: why, ...(why !== undefined && { watching: true }) })
    this.#conferenceChanged()
  }

  hearFrom(ears: Ears | undefined): void {
    this.#voices.hearFrom(ears)
  }

  onNotice(listener: (notice: Notice) => void): () => void {
    this.#noticeListeners.add(listener)
    return () => this.#noticeListeners.delete(listener)
  }

  dispose(): void {
    for (const undo of this.#undo) undo()
    this.#end()
    this.#devices.dispose()
    this.#voices.dispose()
    this.#sound.dispose()
  }

  get #me(): ParticipantView | undefined {
    return this.#session.getSnapshot().participants.find(({ isMe }) => isMe)
  }

  /** Whose view is watched here; nobody watches their own. */
  get #shower(): ParticipantView | undefined {
    const shower = whoShows(this.#session.getSnapshot())
    return shower?.isMe ? undefined : shower
  }

  #conferenceChanged(): void {
    const view = this.#session.getSnapshot()
    if (view.link.state === 'ended') {
      this.#end()
      return
    }
    this.#followMuting(this.#me?.muted === true)
    this.#followNeed()
    this.#tellView()
    this.#line.setRoom(view.link.state === 'connected' && view.participants.length > 0)
    this.#line.look()
  }

  /** Closed transports say so to the SFU: the others do not look at a frozen view until the seat ends. */
  readonly #hidden = ({ persisted }: PageTransitionEvent): void => {
    if (!persisted) this.#end()
  }

  /** The conference is over, or this page has left it: nothing is heard, recorded or shown any more. */
  #end(): void {
    this.#line.dispose()
    this.#shared.end()
    this.#microphone.dispose()
  }

  /** Muting is a moment: who was muted may open again. */
  #followMuting(muted: boolean): void {
    const begins = muted && !this.#muted
    this.#muted = muted
    if (!begins || !this.#microphone.wanted) return
    this.#holding = false
    this.#microphone.close()
    this.#say('caution', mutedByAttending)
  }

  #followNeed(): void {
    const view = this.#session.getSnapshot()
    const needs = whoNeeds(view)
    const mine = whoShows(view)?.isMe ?? true
    const begins = this.#shared.need(
      needs !== undefined && mine && whoShouldShow(view)?.isMe === true,
    )
    if (begins && needs) this.#say('info', viewNeeded(needs.displayName))
  }

  #lineChanged(line: MediaView['line']): void {
    const before = this.#told.view.line
    this.#told.tell({ line })
    if (line.state === 'unavailable' && before.state !== 'unavailable') {
      this.#say('caution', line.message)
    }
  }

  /** Not where nobody could hear: an open microphone that is not heard is a lie. */
  #openMicrophone(): void {
    const { microphone, line } = this.#told.view
    if (microphone.state === 'not-allowed' || line.state === 'unavailable') return
    this.#microphone.open()
    const me = this.#me
    if (!me?.muted) return
    const { participantId } = me
    void this.#session.command({ type: 'setMuted', participantId, muted: false }).then((answer) => {
      if (!answer.ok) this.#microphone.close() // the session has told the person why
    })
  }

  #microphoneChanged(): void {
    const { state, track } = this.#microphone
    this.#meter.measure(state === 'open' ? track : undefined)
    this.#tellMicrophone()
    if (track && this.#devices.microphones.every(({ label }) => label === '')) {
      void this.#devices.read() // browsers tell the names from now on
    }
    this.#line.look()
  }

  #tellMicrophone(): void {
    if (this.#told.view.microphone.state === 'not-allowed') return
    const { state, refusal = '' } = this.#microphone
    const level = this.#meter.level
    if (state === 'open') this.#told.tell({ microphone: { state, level } })
    else if (state === 'refused') this.#told.tell({ microphone: { state, message: refusal } })
    else this.#told.tell({ microphone: { state } })
  }

  #wanted(): Wanted {
    const { watching, needsView } = this.#told.view
    return wantedOf(this.#session.getSnapshot().participants, {
      microphone: this.#microphone.track,
      speaks: this.#microphone.wanted,
      picture: this.#shared.track,
      watches: watching,
      spatialLayer: this.#spatialLayer,
      needsView: needsView !== undefined,
    })
  }

  #hear(): void {
    const heard = new Map<string, HeardVoice>()
    for (const { participantId, voiceProducerId } of this.#session.getSnapshot().participants) {
      const track = this.#line.receiving.get(voiceProducerId)?.consumer.track
      if (track) heard.set(voiceProducerId, { participantId, track })
    }
    this.#voices.hear(heard)
    this.#tellView()
  }

  #tellView(): void {
    const shower = this.#shower
    const producerId = shower?.viewProducerId ?? ''
    const track = this.#line.receiving.get(producerId)?.consumer.track
    if (!track) this.#shownStream = undefined
    else if (this.#shownStream?.producerId !== producerId) {
      this.#shownStream = { producerId, stream: new MediaStream([track]) }
    }
    const stream = this.#shownStream?.stream
    const view = shower && { participantId: shower.participantId, ...(stream && { stream }) }
    this.#told.tell({ view })
  }

  #refused(source: 'microphone' | 'view', error: MediaRefusedError): void {
    if (source === 'view') this.#shared.end()
    else this.#microphone.close()
    this.#say('caution', error.message)
  }

  #ended(source: 'microphone' | 'view', why: 'replaced' | 'not-allowed'): void {
    if (source === 'microphone') {
      this.#microphone.close()
      return
    }
    this.#shared.end()
    const name = this.#shower?.displayName ?? 'Somebody else'
    this.#say('caution', why === 'replaced' ? viewReplaced(name) : viewNotAllowed)
  }

  #say(tone: Notice['tone'], text: string): void {
    for (const listener of this.#noticeListeners) listener({ tone, text })
  }
}
