import type { Window } from '../../../shared/conference/event.ts'
import type { VolumeManifest } from '../../../shared/volume/manifest.ts'

type Counted = Pick<VolumeManifest, 'histogram' | 'valueRange'>

/** Stored values from the left end of a drawing to its right one. */
export interface ValueAxis {
  readonly low: number
  readonly high: number
}

/** From 0 at the axis's low end to 1 at its high one; beyond them outside of that. */
export const along = ({ low, high }: ValueAxis, value: number): number =>
  (value - low) / (high - low || 1)

export const valueAlong = ({ low, high }: ValueAxis, part: number): number =>
  low + part * (high - low)

/** The values that are there, but for the rarest, and the whole window with a margin. */
export function wholeAxis(volume: Counted, { windowCenter, windowWidth }: Window): ValueAxis {
  const { low, high } = busyAxis(volume)
  return {
    low: Math.min(low, windowCenter - windowWidth * 0.6),
    high: Math.max(high, windowCenter + windowWidth * 0.6),
  }
}

/** The values that are there, but for the rarest 0.1 % of voxels at either end. */
export function busyAxis({ histogram, valueRange }: Counted): ValueAxis {
  const width = binWidth({ histogram, valueRange })
  const [first, last] = busyBins(histogram)
  return { low: valueRange[0] + first * width, high: valueRange[0] + (last + 1) * width }
}

/** How often each value occurs, on a log scale, as a path's `d`; its top is 4 below the edge. */
export function countsPath(
  { histogram, valueRange }: Counted,
  axis: ValueAxis,
  [width, height]: readonly [number, number],
): string {
  const [first, last] = busyBins(histogram)
  const busy = histogram.slice(first, last + 1)
  const each = binWidth({ histogram, valueRange })
  const x = (value: number) => (along(axis, value) * width).toFixed(1)
  const tallest = Math.log1p(Math.max(1, ...busy))
  const counts = busy.map((n, bin) => {
    const y = height - (Math.log1p(n) / tallest) * (height - 4)
    return `L${x(valueRange[0] + (first + bin + 0.5) * each)} ${y.toFixed(1)}`
  })
  return `M${x(valueRange[0] + first * each)} ${height}${counts.join('')}V${height}Z`
}

const binWidth = ({ histogram, valueRange }: Counted) =>
  (valueRange[1] - valueRange[0]) / histogram.length

/** A bin between empty ones, as what lies outside a scanner's round field, says nothing of tissue. */
function busyBins(all: readonly number[]): readonly [number, number] {
  const histogram = all.map((n, bin) => (all[bin - 1] || all[bin + 1] ? n : 0))
  const rare = histogram.reduce((sum, n) => sum + n, 0) / 1000
  const beyond = (bins: readonly number[]) => {
    let seen = 0
    const found = bins.findIndex((n) => {
      seen += n
      return seen > rare
    })
    return Math.max(0, found)
  }
  return [beyond(histogram), histogram.length - 1 - beyond(histogram.toReversed())]
}
