import { errors } from 'mediasoup'
import type { MediaRefusal } from '../../shared/protocol/media.ts'
import { MediaRefusedError } from './refused-error.ts'

/**
 * Parameters that a page sent, handed to mediasoup: where it refuses them, so do we. What it says of
 * them stays here, as it may quote them; a worker that has just died is not the page's fault.
 */
export async function checked<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await unlessGone('no-such-transport', act)
  } catch (error) {
    if (error instanceof MediaRefusedError) throw error
    throw new MediaRefusedError(
      error instanceof errors.WorkerClosedError ? 'unavailable' : 'malformed-request',
    )
  }
}

/** The worker ends things a moment before we hear of it: what is asked of one then is refused. */
export async function unlessGone<T>(gone: MediaRefusal, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    throw error instanceof errors.NotFoundError ? new MediaRefusedError(gone) : error
  }
}
