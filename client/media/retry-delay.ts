const delaysMs = [250, 500, 1_000, 2_000, 4_000, 8_000]
const longestDelayMs = 15_000

/** After the nth failure in a row, 0 for the first; a quarter more at random, so that a full room does not come at once. */
export function retryDelayMs(failures: number, random: () => number = Math.random): number {
  const delayMs = delaysMs[failures] ?? longestDelayMs
  return delayMs * (1 + random() / 4)
}
