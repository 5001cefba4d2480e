/** A window over stored values: the axis 0…1 runs from its lower to its upper end. */
export interface ValueWindow {
  readonly windowCenter: number
  readonly windowWidth: number
}

/**
 * One knot of a transfer function. `value` is a stored value (HU for CT), r, g, b are sRGB 0…1,
 * `opacity` is the fraction of light absorbed over 1 mm of tissue.
 */
export interface TransferPoint {
  readonly value: number
  readonly r: number
  readonly g: number
  readonly b: number
  readonly opacity: number
}

/** Knots in ascending `value`; straight between knots, level beyond the first and the last. */
export type TransferFunction = readonly TransferPoint[]

/** The same over a window: `at` 0 is the window's lower end, 1 its upper end. */
export interface CurvePoint extends Omit<TransferPoint, 'value'> {
  readonly at: number
}

export function transferFunctionOf(
  curve: readonly CurvePoint[],
  { windowCenter, windowWidth }: ValueWindow,
): TransferFunction {
  return curve.map(({ at, r, g, b, opacity }) => ({
    value: windowCenter + (at - 0.5) * windowWidth,
    r,
    g,
    b,
    opacity,
  }))
}

/** Throws a RangeError, in words, on an empty, descending, non-finite or out-of-range function. */
export function checkTransferFunction(knots: TransferFunction): void {
  if (knots.length === 0) throw new RangeError('a transfer function needs at least one point')
  let previous = -Infinity
  for (const { value, r, g, b, opacity } of knots) {
    if (!Number.isFinite(value) || value < previous) {
      throw new RangeError('the values of a transfer function are finite and ascend')
    }
    if (![r, g, b, opacity].every((part) => part >= 0 && part <= 1)) {
      throw new RangeError('colours and opacities of a transfer function lie between 0 and 1')
    }
    previous = value
  }
}

/** [r, g, b, opacity over 1 mm] at a stored value. */
export function transferAt(
  knots: TransferFunction,
  value: number,
): [number, number, number, number] {
  const above = knots.findIndex((knot) => knot.value > value)
  const high = knots[above === -1 ? knots.length - 1 : above]
  const low = above > 0 ? knots[above - 1] : high
  if (!high || !low) return [0, 0, 0, 0]
  const t = high.value > low.value ? (value - low.value) / (high.value - low.value) : 1
  const mix = (key: 'r' | 'g' | 'b' | 'opacity') => low[key] + t * (high[key] - low[key])
  return [mix('r'), mix('g'), mix('b'), mix('opacity')]
}

/** Beyond this many nepers a millimetre nothing passes: an opacity of 1 stays finite. */
const maxExtinctionPerMm = 60

/** Extinction k in nepers a millimetre: over s mm a fraction 1 − exp(−k·s) is absorbed. */
export const extinctionPerMm = (opacity: number): number =>
  Math.min(-Math.log1p(-opacity), maxExtinctionPerMm)

/** A transfer function sampled evenly from `low` to `high`. */
export interface TransferTable {
  readonly low: number
  readonly high: number
  readonly size: number
  /** r, g, b, extinction (nepers a mm) per entry. */
  readonly rgbk: Float32Array
}

export function transferTable(knots: TransferFunction, size = 2048): TransferTable {
  checkTransferFunction(knots)
  const first = knots[0]?.value ?? 0
  const last = knots.at(-1)?.value ?? first
  // A table of one value would have no scale.
  const low = first
  const high = last > first ? last : first + 1
  const rgbk = new Float32Array(4 * size)
  for (let n = 0; n < size; n++) {
    const [r, g, b, opacity] = transferAt(knots, low + (n / (size - 1)) * (high - low))
    rgbk.set([r, g, b, extinctionPerMm(opacity)], 4 * n)
  }
  // The ends hold beyond them as well, whatever rounding did to the last abscissa.
  const end = knots.at(-1)
  if (end) rgbk.set([end.r, end.g, end.b, extinctionPerMm(end.opacity)], 4 * (size - 1))
  return { low, high, size, rgbk }
}
