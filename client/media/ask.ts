import type {
  MediaAnswers,
  MediaMethod,
  MediaRefusal,
  MediaRequest,
} from '../../shared/protocol/media.ts'
import type { ConferenceSession } from '../conference/conference-session.ts'

/** The SFU's side said no; the message is for the person. */
export class MediaRefusedError extends Error {
  override readonly name = 'MediaRefusedError'
  readonly reason: MediaRefusal

  constructor(reason: MediaRefusal, message: string) {
    super(message)
    this.reason = reason
  }
}

/** Rejects with a MediaRefusedError, or with another error where no answer came. */
export type Ask = <M extends MediaMethod>(
  method: M,
  payload: MediaRequest<M>,
) => Promise<MediaAnswers[M]>

export const askOf =
  (session: Pick<ConferenceSession, 'media'>): Ask =>
  async (method, payload) => {
    const answer = await session.media(method, payload)
    if (!answer.ok) throw new MediaRefusedError(answer.reason, answer.message)
    return answer
  }
