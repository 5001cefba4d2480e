import type { MediaRefusal } from '../../shared/protocol/media.ts'

/** Why a media request is not done, in a word for programs and in words a person can act on. */
export class MediaRefusedError extends Error {
  override readonly name = 'MediaRefusedError'
  readonly reason: MediaRefusal

  constructor(reason: MediaRefusal) {
    super(words[reason])
    this.reason = reason
  }
}

/** Fixed sentences: nothing that was sent, or that mediasoup says of it, is said back. */
const words: Record<MediaRefusal, string> = {
  'malformed-request': 'This media request is not as the table of requests says.',
  'unknown-method': 'There is no such media request.',
  'not-allowed': 'Your role cannot send this here.',
  muted: 'You were muted: unmute yourself first.',
  'not-joined': 'The media have not been joined yet, or not any more: join first.',
  'no-such-transport': 'That transport is not there: make a new one.',
  'no-such-producer': 'Nobody sends this any more.',
  'no-such-consumer': 'This is not being received any more.',
  'cannot-consume': 'This device cannot receive that.',
  'too-many': 'Too many media requests at once; wait a moment.',
  unavailable: 'Voice and video are not available on this server just now.',
}
