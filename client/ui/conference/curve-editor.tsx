import { Plus, RotateCcw, Undo2, UnfoldHorizontal } from 'lucide-react'
import { useRef, useState } from 'react'
import type { Window } from '../../../shared/conference/event.ts'
import { type Curve, mostCurvePoints } from '../../../shared/conference/looks.ts'
import type { VolumeManifest } from '../../../shared/volume/manifest.ts'
import { shownScale } from '../../../shared/volume/suv.ts'
import { IconButton } from '../common/icon-button.tsx'
import { type CurvePlane, ticks, windowAxis } from './curve-editor-axis.ts'
import { type DraftCurve, useCurveEditing } from './curve-editor-editing.ts'
import { withPointBeside } from './curve-editor-keys.ts'
import { CurvePlot } from './curve-editor-plot.tsx'
import { CurvePointFields } from './curve-editor-point.tsx'
import { along, wholeAxis } from './histogram-shape.ts'
import { useWidth } from './use-width.ts'
import './curve-editor.css'

const plotHeight = 156
const usualWidth = 280

/**
 * Which colour and opacity values have: dragged on the leader's own picture at once, everybody's
 * when it is let go. What it was before can be had back, step by step or the preset's at once.
 */
export function CurveEditor(props: {
  volume: VolumeManifest
  window: Window
  /** Empty: the preset's. */
  curve: Curve
  presetCurve: Curve
  mayChange: boolean
  onChange: (curve: Curve) => void
  draftCurve: DraftCurve | undefined
}) {
  const { volume, window, mayChange } = props
  const editing = useCurveEditing(props)
  const { shown, chosen } = editing
  const [whole, setWhole] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const width = useWidth(place, usualWidth)
  const axis = whole ? wholeAxis(volume, window) : windowAxis(window, settledCurve(props))
  const plane: CurvePlane = { axis, window, width, height: plotHeight }
  const { unit, perStored } = shownScale(volume)
  const point = chosen === undefined ? undefined : shown[chosen]
  const addPoint = () => {
    const added = withPointBeside(shown, chosen)
    if (!added) return
    editing.commit(added.curve)
    editing.choose(added.index)
  }
  return (
    <section className="panel-group" aria-labelledby="curve">
      <div className="curve-head">
        <h2 id="curve" className="label">
          Colour and opacity
        </h2>
        <IconButton
          icon={UnfoldHorizontal}
          name="Show the whole range of values"
          pressed={whole}
          onPress={() => setWhole(!whole)}
        />
        {mayChange && (
          <>
            <IconButton
              icon={Plus}
              name="Add a point"
              testId="curve-add"
              isDisabled={shown.length >= mostCurvePoints}
              onPress={addPoint}
            />
            <IconButton
              icon={Undo2}
              name="Undo the last change of the curve"
              testId="curve-undo"
              isDisabled={!editing.canUndo}
              onPress={editing.undo}
            />
            <IconButton
              icon={RotateCcw}
              name="Reset the curve to the preset"
              testId="curve-reset"
              isDisabled={!editing.canReset}
              onPress={editing.reset}
            />
          </>
        )}
      </div>
      <div ref={place} className="curve-place">
        <CurvePlot
          volume={volume}
          plane={plane}
          editing={editing}
          mayChange={mayChange}
          valueWords={(stored) => valueWords(stored * perStored, unit)}
        />
        <div className="curve-ticks figures" aria-hidden="true">
          {ticks(axis, perStored).map((shownValue) => (
            <span
              key={shownValue}
              style={{ left: `${100 * along(axis, shownValue / perStored)}%` }}
            >
              {shortNumber(shownValue)}
            </span>
          ))}
          <span className="curve-unit">{unit}</span>
        </div>
      </div>
      {point && chosen !== undefined && (
        <CurvePointFields
          point={point}
          index={chosen}
          plane={plane}
          editing={editing}
          scale={{ unit, perStored }}
          mayChange={mayChange}
        />
      )}
      {mayChange && !point && (
        <p className="label">Drag a point; press the line to add one, drag it out to remove it.</p>
      )}
    </section>
  )
}

const settledCurve = ({ curve, presetCurve }: { curve: Curve; presetCurve: Curve }) =>
  curve.length > 0 ? curve : presetCurve

/** "120 HU", "2.35 SUV"; without a unit where values have none. */
export function valueWords(shownValue: number, unit: string): string {
  const digits = Math.abs(shownValue) < 10 && unit !== 'HU' ? 2 : 0
  return `${shownValue.toFixed(digits)} ${unit}`.trim()
}

const shortNumber = (value: number) =>
  Math.abs(value) >= 10_000
    ? `${Number((value / 1000).toPrecision(3))}k`
    : `${Number(value.toPrecision(6))}`.replace('-', '−')
