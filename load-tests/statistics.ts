/** The value that `part` of them do not exceed, 0…1; NaN of none. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** "12.3 (11.0–14.9)": the median, and what the machine's noise made of it; one value is itself. */
export function spread(values: readonly number[], digits = 1): string {
  if (values.length < 2) return values[0]?.toFixed(digits) ?? 'not measured'
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return `${median(values).toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`
}
