export interface Scale {
  readonly max: number
  /** From 0 to `max`, evenly. */
  readonly ticks: readonly number[]
  /** Where in the drawing a value is, in px. */
  at(value: number): number
}

/** From zero to a round number at or above `largest`, over `[from, to]` px. */
export function linearScale(largest: number, [from, to]: readonly [number, number]): Scale {
  const step = roundStep(Math.max(largest, Number.MIN_VALUE) / 5)
  const count = Math.max(1, Math.ceil(largest / step - 1e-9))
  const max = step * count
  return {
    max,
    ticks: Array.from({ length: count + 1 }, (_, n) => n * step),
    at: (value) => from + ((to - from) * value) / max,
  }
}

/** 1, 2 or 5 times a power of ten, at or above `step`. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step))
  return ([1, 2, 5].find((times) => times * power >= step * (1 - 1e-9)) ?? 10) * power
}
