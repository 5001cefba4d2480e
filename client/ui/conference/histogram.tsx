import type { Window } from '../../../shared/conference/event.ts'
import type { VolumeManifest } from '../../../shared/volume/manifest.ts'
import { along, countsPath, wholeAxis } from './histogram-shape.ts'

const width = 256
const height = 56

/** How often each value occurs (log scale), and the part of it that the window spreads out. */
export function Histogram({ volume, window }: { volume: VolumeManifest; window: Window }) {
  const { windowCenter, windowWidth } = window
  const axis = wholeAxis(volume, window)
  const x = (value: number) => (along(axis, value) * width).toFixed(1)
  const [from, to] = [x(windowCenter - windowWidth / 2), x(windowCenter + windowWidth / 2)]
  return (
    <svg
      className="histogram"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path className="histogram-window" d={`M${from} 0V${height}H${to}V0Z`} />
      <path className="histogram-counts" d={countsPath(volume, axis, [width, height])} />
      <path className="histogram-ramp" d={`M${from} ${height}L${to} 0`} />
    </svg>
  )
}
