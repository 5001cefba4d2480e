/** Numbers and lists for what people read. */

/** Six digits at most: a measured number, and no room for a patient number in its decimals. */
export function shortNumber(value: number | undefined): number | undefined {
  if (value === undefined || !(Math.abs(value) < 1e5)) return undefined
  return Number(value.toPrecision(6))
}

export function millimetres(mm: number): string {
  return `${Number(mm.toFixed(2))} mm`
}

/** `a, b and c`. */
export function listWords(words: readonly (number | string)[]): string {
  if (words.length < 2) return words.join()
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

/** Whole numbers ascending, as `3, 5–7 and 9`. */
export function rangeWords(numbers: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const number of numbers) {
    const last = ranges.at(-1)
    if (last && number === last[1] + 1) last[1] = number
    else ranges.push([number, number])
  }
  return listWords(ranges.map(([from, to]) => (from === to ? from : `${from}–${to}`)))
}
