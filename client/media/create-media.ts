import type { ConferenceSession } from '../conference/conference-session.ts'
import type { MediaSession, MediaView } from './media-session.ts'

export function createMedia(_session: ConferenceSession): MediaSession {
  const view: MediaView = {
    line: { state: 'connecting' },
    microphone: { state: 'off' },
    microphones: [],
    speakers: [],
    microphoneId: '',
    speakerId: '',
    soundBlocked: false,
    sharing: false,
    view: undefined,
    needsView: undefined,
  }
  const nothing = () => undefined
  return {
    subscribe: () => () => undefined,
    getSnapshot: () => view,
    toggleMicrophone: nothing,
    talk: nothing,
    chooseMicrophone: nothing,
    chooseSpeaker: nothing,
    playSound: nothing,
    shareView: nothing,
    watchView: nothing,
    needView: nothing,
    hearFrom: nothing,
    dispose: nothing,
  }
}
