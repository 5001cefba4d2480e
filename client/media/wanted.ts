import type { MediaSource } from '../../shared/protocol/media.ts'
import type { ParticipantView } from '../conference/conference-view.ts'
import type { Sent, Wanted } from './reconcile.ts'

/** What this page's person wants, beside what the conference says. */
export interface Wishes {
  readonly microphone: MediaStreamTrack | undefined
  readonly speaks: boolean
  readonly picture: MediaStreamTrack | undefined
  readonly watches: boolean
  readonly spatialLayer: number
  readonly needsView: boolean
}

/** Everybody else's voice, then their view; of one's own, what is captured and still alive. */
export function wantedOf(participants: readonly ParticipantView[], wishes: Wishes): Wanted {
  const { microphone, picture, spatialLayer, needsView } = wishes
  const others = participants.filter(({ isMe }) => !isMe)
  const receive = new Map<string, MediaSource>()
  for (const { voiceProducerId } of others) {
    if (voiceProducerId) receive.set(voiceProducerId, 'microphone')
  }
  const shown = others.find(({ viewProducerId }) => viewProducerId !== '')?.viewProducerId
  if (wishes.watches && shown) receive.set(shown, 'view')
  const send = new Map<MediaSource, Sent>()
  const muted = participants.some((person) => person.isMe && person.muted)
  if (microphone?.readyState === 'live') {
    // the SFU keeps the producer of a muted person paused
    send.set('microphone', { track: microphone, open: wishes.speaks && !muted })
  }
  if (picture?.readyState === 'live') send.set('view', { track: picture, open: true })
  return { receive, send, spatialLayer, needsView }
}
