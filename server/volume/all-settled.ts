/**
 * Waits for all of them, also where one fails, and then throws the first failure: what they work on
 * can be removed without one of them still writing to it.
 */
export async function allSettled(works: Iterable<Promise<unknown>>): Promise<void> {
  for (const result of await Promise.allSettled(works)) {
    if (result.status === 'rejected') throw result.reason
  }
}
