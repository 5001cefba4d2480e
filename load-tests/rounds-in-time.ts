/** Of the bound: what comes after the rounds wants its time too. */
const forRounds = 0.8

/**
 * Counts rounds from 1, and stops before the one that a busy machine would not end in time: fewer
 * rounds tell more than a bench that was ended. There is always a first. `startMs` is when the bound
 * began, by `performance.now()`.
 */
export function* roundsInTime(
  { rounds, boundSeconds }: { readonly rounds: number; readonly boundSeconds: number },
  startMs: number,
  nowMs: () => number = () => performance.now(),
): Generator<number> {
  for (let round = 1; round <= rounds; round++) {
    const elapsedMs = nowMs() - startMs
    const expectedMs = round === 1 ? 0 : (elapsedMs * round) / (round - 1)
    if (expectedMs > boundSeconds * 1000 * forRounds) return
    yield round
  }
}

/** "3 rounds", or how many of them there was time for. */
export const roundsInWords = (done: number, planned: number): string =>
  done === planned ? `${planned} rounds` : `${done} of ${planned} rounds, for the machine was busy,`
