import { maySpeak } from '../../shared/conference/permissions.ts'
import type { ConferenceSession, Notice } from '../conference/conference-session.ts'
import type { Ears, ViewSource } from '../scene/stage.ts'
import { askOf } from './ask.ts'
import { keepDevice, keptDevice } from './kept-devices.ts'
import { MediaLine } from './media-line.ts'
import type { MediaSession, MediaView } from './media-session.ts'
import { OwnView } from './own-view.ts'
import { OwnVoice } from './own-voice.ts'
import type { Wanted } from './reconcile.ts'
import { createDevice } from './rtc-device.ts'
import { Sound } from './sound.ts'
import { SoundDevices } from './sound-devices.ts'
import { nothingYet, ToldView } from './told-view.ts'
import { type HeardVoice, Voices } from './voices.ts'
import { wantedOf } from './wanted.ts'
import { WatchedView } from './watched-view.ts'
import { notHereAnyMore } from './words.ts'

/** The media of one participant: what is sent, heard and watched, over one way to the SFU. */
export class ConferenceMedia implements MediaSession {
  readonly #session: ConferenceSession
  readonly #told: ToldView
  readonly #line: MediaLine
  readonly #sound = new Sound()
  readonly #voices: Voices
  readonly #devices: SoundDevices
  readonly #ownVoice: OwnVoice
  readonly #ownView: OwnView
  readonly #watchedView: WatchedView
  readonly #noticeListeners = new Set<(notice: Notice) => void>()
  readonly #undo: (() => void)[]

  constructor(session: ConferenceSession) {
    this.#session = session
    const speakerId = keptDevice('speaker')
    const speaks = maySpeak(session.getSnapshot().me.role)
    const told = new ToldView({
      ...nothingYet,
      microphone: { state: speaks ? 'off' : 'not-allowed' },
      microphoneId: keptDevice('microphone'),
      speakerId,
    })
    this.#told = told
    this.#line = new MediaLine({
      ask: askOf(session),
      createDevice,
      wanted: () => this.#wanted(),
      onReceiving: () => this.#hear(),
      onState: (line) => this.#lineChanged(line),
      onRefused: (source, { message }) => {
        if (source === 'view') return this.#ownView.refused(message)
        this.#ownVoice.close()
        this.#say('caution', message)
      },
      onEnded: (source, why) => {
        if (source === 'view') this.#ownView.ended(why, session.getSnapshot())
        else this.#ownVoice.close()
      },
    })
    this.#sound.chooseSpeaker(speakerId)
    this.#voices = new Voices({
      sound: this.#sound,
      speakerId,
      onBlocked: (soundBlocked) => told.tell({ soundBlocked }),
    })
    this.#ownVoice = new OwnVoice({
      session,
      told,
      sound: this.#sound,
      say: (text) => this.#say('caution', text),
      onChange: () => this.#voiceChanged(),
    })
    this.#ownView = new OwnView({
      told,
      say: (tone, text) => this.#say(tone, text),
      onChange: () => this.#line.look(),
    })
    this.#watchedView = new WatchedView(told)
    this.#devices = new SoundDevices(() => {
      const { microphones, speakers } = this.#devices
      told.tell({ microphones, speakers })
      this.#ownVoice.plugged(microphones.length)
    })
    addEventListener('pagehide', this.#hidden)
    this.#undo = [
      () => removeEventListener('pagehide', this.#hidden),
      session.subscribe(() => this.#follow()),
      session.onMediaNote((note) => this.#line.note(note)),
    ]
    void this.#devices.read() // refuses nobody
    this.#follow()
  }

  subscribe = (listener: () => void): (() => void) => this.#told.subscribe(listener)

  getSnapshot = (): MediaView => this.#told.view

  toggleMicrophone(): void {
    this.playSound()
    this.#ownVoice.toggle()
  }

  talk(held: boolean): void {
    if (held) this.playSound()
    this.#ownVoice.talk(held)
  }

  chooseMicrophone(deviceId: string): void {
    keepDevice('microphone', deviceId)
    this.#told.tell({ microphoneId: deviceId })
    this.#ownVoice.choose(deviceId)
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
    if (source) this.#ownView.share(source)
    else this.#ownView.end()
  }

  offerView(source: ViewSource | undefined): void {
    this.#ownView.offer(source)
    this.#follow()
  }

  watchView(watching: boolean): void {
    this.#watchedView.watch(watching)
    this.#line.look()
  }

  showViewAt(widthPx: number): void {
    this.#watchedView.showAt(widthPx)
    this.#line.look()
  }

  needView(why: string | undefined): void {
    this.#watchedView.need(why)
    this.#line.look()
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

  #follow(): void {
    const view = this.#session.getSnapshot()
    const { state } = view.link
    if (state === 'ended') {
      this.#end()
      return
    }
    this.#ownVoice.follow()
    this.#ownView.follow(view)
    this.#watchedView.tell(view, this.#trackOf)
    this.#line.setRoom(state === 'connected' && view.participants.length > 0)
    this.#line.look()
  }

  /** Closed transports say so to the SFU: the others do not look at a frozen view until the seat ends. */
  readonly #hidden = ({ persisted }: PageTransitionEvent): void => {
    if (!persisted) this.#end()
  }

  /** The conference is over, or this page has left it: nothing is heard, captured or shown any more. */
  #end(): void {
    this.#line.dispose()
    this.#told.tell({ line: { state: 'unavailable', message: notHereAnyMore } })
    this.#ownView.end()
    this.#ownVoice.dispose()
  }

  #lineChanged(line: MediaView['line']): void {
    const before = this.#told.view.line
    this.#told.tell({ line })
    if (line.state === before.state) return
    if (line.state === 'unavailable') this.#say('caution', line.message)
    this.#follow()
  }

  #voiceChanged(): void {
    // browsers tell the names of devices once one of them is captured
    const nameless = this.#devices.microphones.every(({ label }) => label === '')
    if (this.#ownVoice.track && nameless) void this.#devices.read() // as above
    this.#line.look()
  }

  #wanted(): Wanted {
    const { watching, needsView } = this.#told.view
    return wantedOf(this.#session.getSnapshot().participants, {
      microphone: this.#ownVoice.track,
      speaks: this.#ownVoice.open,
      picture: this.#ownView.track,
      watches: watching,
      spatialLayer: this.#watchedView.spatialLayer,
      needsView: needsView !== undefined,
    })
  }

  readonly #trackOf = (producerId: string): MediaStreamTrack | undefined =>
    this.#line.receiving.get(producerId)?.consumer.track

  #hear(): void {
    const view = this.#session.getSnapshot()
    const heard = new Map<string, HeardVoice>()
    for (const { participantId, voiceProducerId } of view.participants) {
      const track = this.#trackOf(voiceProducerId)
      if (track) heard.set(voiceProducerId, { participantId, track })
    }
    this.#voices.hear(heard)
    this.#watchedView.tell(view, this.#trackOf)
  }

  #say(tone: Notice['tone'], text: string): void {
    for (const listener of this.#noticeListeners) listener({ tone, text })
  }
}
