import type { Window } from '../../../shared/conference/event.ts'
import type { VolumeManifest } from '../../../shared/volume/manifest.ts'

const width = 256
const height = 56

/** How often each value occurs (log scale), and the part of it that the window spreads out. */
export function Histogram({ volume, window }: { volume: VolumeManifest; window: Window }) {
  const { histogram, valueRange } = volume
  const { windowCenter, windowWidth } = window
  const binWidth = (valueRange[1] - valueRange[0]) / histogram.length
  const [first, last] = busyBins(histogram)
  const low = Math.min(valueRange[0] + first * binWidth, windowCenter - windowWidth * 0.6)
  const high = Math.max(valueRange[0] + (last + 1) * binWidth, windowCenter + windowWidth * 0.6)
  const x = (value: number) => (((value - low) / (high - low || 1)) * width).toFixed(1)
  const tallest = Math.log1p(Math.max(1, ...histogram.slice(first, last + 1)))
  const counts = histogram.slice(first, last + 1).map((n, bin) => {
    const y = height - (Math.log1p(n) / tallest) * (height - 4)
    return `L${x(valueRange[0] + (first + bin + 0.5) * binWidth)} ${y.toFixed(1)}`
  })
  const start = x(valueRange[0] + first * binWidth)
  const [from, to] = [x(windowCenter - windowWidth / 2), x(windowCenter + windowWidth / 2)]
  return (
    <svg
      className="histogram"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path className="histogram-window" d={`M${from} 0V${height}H${to}V0Z`} />
      <path className="histogram-counts" d={`M${start} ${height}${counts.join('')}V${height}Z`} />
      <path className="histogram-ramp" d={`M${from} ${height}L${to} 0`} />
    </svg>
  )
}

/**
 * The first and the last bin but for the rarest 0.1 % of voxels at either end. A bin between empty
 * ones, as what lies outside a scanner's round field, says nothing of tissue.
 */
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
