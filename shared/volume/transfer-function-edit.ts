import type { CurvePoint } from './transfer-function.ts'

/*
 * A curve as it is changed by hand, a point at a time. Points keep their order: one that is moved
 * stops at its neighbours.
 */
type Curve = readonly CurvePoint[]

export const fewestPoints = 2

/**
 * Opacities matter by their ratio, and small ones most: by its root one of 0.01 over a millimetre
 * stands a tenth of the way up.
 */
export const heightOfOpacity = (opacity: number): number => Math.sqrt(opacity)
export const opacityAtHeight = (height: number): number => share(height) ** 2

const share = (part: number) => Math.min(1, Math.max(0, part))

/** A curve with one point changed; `at` is kept between its neighbours and inside `bounds`. */
export function withPoint(
  curve: Curve,
  index: number,
  change: Partial<CurvePoint>,
  bounds: readonly [number, number] = [-4, 5],
): Curve {
  const low = Math.max(bounds[0], curve[index - 1]?.at ?? -Infinity)
  const high = Math.min(bounds[1], curve[index + 1]?.at ?? Infinity)
  return curve.map((point, n) => {
    if (n !== index) return point
    const changed = { ...point, ...change }
    return {
      ...changed,
      at: Math.min(Math.max(changed.at, low), Math.max(low, high)),
      opacity: share(changed.opacity),
    }
  })
}

/** [r, g, b, opacity] of a curve, straight between its points and level beyond them. */
export function curveAt(curve: Curve, at: number): CurvePoint {
  const above = curve.findIndex((point) => point.at > at)
  const high = curve[above === -1 ? curve.length - 1 : above]
  const low = above > 0 ? curve[above - 1] : high
  if (!high || !low) return { at, r: 0, g: 0, b: 0, opacity: 0 }
  const part = high.at > low.at ? share((at - low.at) / (high.at - low.at)) : 1
  const mix = (key: 'r' | 'g' | 'b' | 'opacity') => low[key] + part * (high[key] - low[key])
  return { at, r: mix('r'), g: mix('g'), b: mix('b'), opacity: mix('opacity') }
}

/** A new point in the colour of the curve there, and where it is in the list. */
export function withNewPoint(
  curve: Curve,
  at: number,
  opacity = curveAt(curve, at).opacity,
): { curve: Curve; index: number } {
  const later = curve.findIndex((point) => point.at > at)
  const index = later === -1 ? curve.length : later
  const added = { ...curveAt(curve, at), opacity: share(opacity) }
  return { curve: curve.toSpliced(index, 0, added), index }
}

/** Unchanged where the curve could not spare the point. */
export function withoutPoint(curve: Curve, index: number): Curve {
  return curve.length > fewestPoints ? curve.toSpliced(index, 1) : curve
}

export function sameCurve(a: Curve, b: Curve): boolean {
  const keys = ['at', 'r', 'g', 'b', 'opacity'] as const
  return (
    a.length === b.length && a.every((point, n) => keys.every((key) => point[key] === b[n]?.[key]))
  )
}
