/** Milliseconds of the clock that every process of one Linux machine shares (CLOCK_MONOTONIC). */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6
