import { errors } from 'mediasoup'
import { MediaRefusedError } from './refused-error.ts'

/**
 * Parameters that a page sent, handed to mediasoup: where it refuses them, so do we. What it says of
 * them stays here, as it may quote them; a worker that has just died is not the page's fault.
 */
export async function checked<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    throw new MediaRefusedError(
      error instanceof errors.WorkerClosedError
        ? 'unavailable'
        : error instanceof errors.NotFoundError
          ? 'no-such-transport'
          : 'malformed-request',
    )
  }
}
