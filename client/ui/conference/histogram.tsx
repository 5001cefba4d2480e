import type { Window } from '../../../shared/conference/event.ts'
import type { VolumeManifest } from '../../../shared/volume/manifest.ts'

const width = 256
const height = 56

/** How often each value occurs (log scale), and the part of it that the window spreads out. */
export function Histogram({ volume, window }: { volume: VolumeManifest; window: Window }) {
  const { histogram, valueRange } = volume
  const [low, high] = valueRange
  const tallest = Math.log1p(Math.max(1, ...histogram))
  const bars = histogram.map((n, bin) => {
    const x = (bin / histogram.length) * width
    return `L${x.toFixed(1)} ${(height - (Math.log1p(n) / tallest) * (height - 4)).toFixed(1)}`
  })
  const at = (value: number) =>
    Math.min(width, Math.max(0, ((value - low) / (high - low || 1)) * width))
  const from = at(window.windowCenter - window.windowWidth / 2)
  const to = at(window.windowCenter + window.windowWidth / 2)
  return (
    <svg
      className="histogram"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect className="histogram-window" x={from} width={Math.max(1, to - from)} height={height} />
      <path className="histogram-counts" d={`M0 ${height}${bars.join('')}L${width} ${height}Z`} />
      <path className="histogram-ramp" d={`M${from} ${height}L${Math.max(to, from + 1)} 0`} />
    </svg>
  )
}
