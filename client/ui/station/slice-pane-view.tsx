import { Maximize2, Minimize2, RotateCcw } from 'lucide-react'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { Button } from 'react-aria-components/Button'
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components/Slider'
import type { PaneKind } from '../../slices/pane-axes.ts'
import { wholeBox } from '../../slices/pane-frame.ts'
import { PaneHands } from '../../slices/pane-hands.ts'
import { SlicePane } from '../../slices/slice-pane.ts'
import { planeColours } from '../../slices/slice-planes.ts'
import type { SliceStation } from '../../slices/slice-station.ts'
import { IconButton } from '../common/icon-button.tsx'
import { paneNames } from './pane-names.ts'
import { slabWords } from './slab-words.ts'
import { useStation } from './use-slice-station.ts'

const never = () => () => {}

/** One pane of slices: its canvas, and the words and controls that stand over it. */
export function SlicePaneView(props: {
  station: SliceStation
  kind: PaneKind
  shows: 'shown' | 'prior'
  alone: boolean
  onFill: () => void
}) {
  const { station, kind, shows, alone, onFill } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const words = useRef<HTMLDivElement>(null)
  const fill = useRef(onFill)
  fill.current = onFill
  const [pane, setPane] = useState<SlicePane>()
  useEffect(() => {
    if (!canvas.current) return
    const made = new SlicePane({ kind, shows, station, canvas: canvas.current })
    const hands = new PaneHands(made, () => fill.current())
    setPane(made)
    return () => {
      hands.dispose()
      made.dispose()
    }
  }, [kind, shows, station])
  useEffect(() => {
    const corner = words.current
    if (!corner || !pane) return
    const observer = new ResizeObserver(() => {
      const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = corner
      pane.setCorner({ rightPx: offsetLeft + offsetWidth, bottomPx: offsetTop + offsetHeight })
    })
    observer.observe(corner)
    return () => observer.disconnect()
  }, [pane])
  const status = useSyncExternalStore(pane?.subscribe ?? never, () => pane?.getStatus())
  const slab = useStation(station, ({ slicing }) => slabWords(slicing))
  const { name } = paneNames[kind]
  const title = shows === 'prior' ? `${name}, prior` : name
  const letters = status?.letters
  const sides = letters
    ? `${letters.left} is on the left, ${letters.right} on the right, ${letters.top} at the top, ${letters.bottom} at the bottom.`
    : ''
  return (
    <section className="slice-pane" data-pane={kind} data-state={status?.state} aria-label={title}>
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: keys act on it, as in an application */}
      <canvas
        ref={canvas}
        className="slice-canvas"
        data-testid={shows === 'prior' ? `pane-${kind}-prior` : `pane-${kind}`}
        tabIndex={0}
        role="application"
        aria-label={`${title} slice. ${sides} Up and down go through the slices; press ? for all keys.`}
      />
      <div ref={words} className="slice-words figures">
        <p className="slice-place">
          <b style={{ color: planeColours[kind] }}>{title}</b>
          <span data-testid={shows === 'prior' ? undefined : `place-${kind}`}>{status?.place}</span>
        </p>
        <p className="slice-state">
          {[slab, stateWords[status?.state ?? 'loading']].filter(Boolean).join(' · ')}
        </p>
      </div>
      {pane && <Reading pane={pane} />}
      {pane && status?.failure && (
        <div className="slice-failure" role="status" data-testid={`slice-failure-${kind}`}>
          <p>{status.failure}</p>
          <Button className="button" onPress={() => pane.retry()}>
            Try again
          </Button>
        </div>
      )}
      {status && pane && (
        <Slider
          className="slice-slider"
          orientation="vertical"
          aria-label={`${title} slice`}
          minValue={1}
          maxValue={Math.max(2, status.count)}
          // onward is down
          value={status.count - status.index}
          onChange={(value) => pane.scrollTo(status.count - value)}
          onChangeEnd={(value) => pane.scrollTo(status.count - value, 'lasting')}
        >
          <SliderTrack className="slice-slider-track">
            <SliderThumb className="slice-slider-thumb" />
          </SliderTrack>
        </Slider>
      )}
      <div className="slice-buttons">
        {status && !status.whole && (
          <IconButton
            icon={RotateCcw}
            name={`Show the whole ${name.toLowerCase()} slice`}
            keys="R"
            onPress={() => pane?.setLook(wholeBox)}
          />
        )}
        <IconButton
          icon={alone ? Minimize2 : Maximize2}
          name={alone ? 'Show all panes' : `Fill with ${name.toLowerCase()}`}
          keys={alone ? 'Space' : 'F'}
          onPress={onFill}
        />
      </div>
    </section>
  )
}

const stateWords = {
  empty: 'No slices of this volume here',
  loading: 'loading',
  coarse: 'sharpening',
  sharp: '',
  failed: 'incomplete',
} as const

/** What is under the pointer, in a corner; what is being dragged, beside it. */
function Reading({ pane }: { pane: SlicePane }) {
  const readout = useSyncExternalStore(pane.readout.subscribe, pane.readout.getNow)
  if (!readout) return null
  if (readout.kind === 'place') {
    return (
      <output className="slice-readout figures" data-testid="slice-readout">
        {readout.words}
      </output>
    )
  }
  const { x, y } = readout.at
  return (
    <output className="slice-dragged figures" style={{ left: x + 14, top: y + 14 }}>
      {readout.words}
    </output>
  )
}
