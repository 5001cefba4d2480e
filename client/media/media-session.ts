import type { Notice } from '../conference/conference-session.ts'
import type { Ears, ViewSource } from '../scene/stage.ts'

/** One participant's part in the sound and the view of a conference, as the page and the headset use it. */
export interface MediaSession {
  /** For useSyncExternalStore. */
  subscribe(listener: () => void): () => void
  getSnapshot(): MediaView
  /** Opens the microphone, asking for it the first time, or closes it. */
  toggleMicrophone(): void
  /** Push-to-talk: open while held; who had it open already keeps it open. */
  talk(held: boolean): void
  chooseMicrophone(deviceId: string): void
  chooseSpeaker(deviceId: string): void
  /** Browsers play nothing before a press: this is called within one. */
  playSound(): void
  /** Begins or ends showing this page's picture to the others. */
  shareView(source: ViewSource | undefined): void
  /** The picture there is, to begin by itself where somebody else's device cannot draw. */
  offerView(source: ViewSource | undefined): void
  /** Whether somebody's view is to be received; it is, until it is put away. */
  watchView(wanted: boolean): void
  /** How wide the view is shown here, device pixels: what is received is no larger. */
  showViewAt(widthPx: number): void
  /** This device cannot draw the volume (the words say why), or can again. */
  needView(why: string | undefined): void
  /** Where the wearer of a headset hears from; undefined puts everybody's voice plainly back. */
  hearFrom(ears: Ears | undefined): void
  /** Words for the person: muted by an attending, a microphone refused, a view replaced. */
  onNotice(listener: (notice: Notice) => void): () => void
  dispose(): void
}

export interface MediaView {
  readonly line:
    | { readonly state: 'connecting' }
    | { readonly state: 'connected' }
    /** Comes back by itself. */
    | { readonly state: 'lost' }
    /** This installation has no voice, or this network lets none through: in words. */
    | { readonly state: 'unavailable'; readonly message: string }
  readonly microphone:
    | { readonly state: 'off' }
    | { readonly state: 'asking' }
    | { readonly state: 'open'; readonly level: number }
    | { readonly state: 'closed' }
    /** Denied, absent, or taken by another program: in words, with what to do. Listening works. */
    | { readonly state: 'refused'; readonly message: string }
    /** A role that listens. */
    | { readonly state: 'not-allowed' }
  readonly microphones: readonly Device[]
  readonly speakers: readonly Device[]
  /** '' is the browser's default. */
  readonly microphoneId: string
  readonly speakerId: string
  /** The browser waits for a press before it plays anything. */
  readonly soundBlocked: boolean
  readonly sharing: boolean
  /** The view that somebody else shows now; `stream` once it is received. */
  readonly view: { readonly participantId: string; readonly stream?: MediaStream } | undefined
  /** False once it was put away. */
  readonly watching: boolean
  /** Why this device watches instead of drawing. */
  readonly needsView: string | undefined
}

export interface Device {
  readonly deviceId: string
  readonly label: string
}
