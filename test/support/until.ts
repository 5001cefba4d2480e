/**
 * Waits for a fact: resolves with the first truthy answer, asked anew every few milliseconds. The
 * bound is for a fact that never comes, on a machine that is busy with much else.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T> | T,
  withinMs = 45_000,
): Promise<Exclude<NonNullable<T>, false>> {
  const deadlineMs = Date.now() + withinMs
  let lastError: unknown
  for (;;) {
    try {
      const answer = await ask()
      if (answer) return answer as Exclude<NonNullable<T>, false>
    } catch (error) {
      lastError = error
    }
    if (Date.now() > deadlineMs) {
      throw new Error(`${what}: not within ${withinMs} ms`, { cause: lastError })
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
