const firstMs = 250
const longestMs = 10_000

/** Before the nth attempt in a row, counted from 0: none, then twice as long each time. */
export function retryDelayMs(attempt: number): number {
  return attempt === 0 ? 0 : Math.min(firstMs * 2 ** (attempt - 1), longestMs)
}
