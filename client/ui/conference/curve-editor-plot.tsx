import { type ReactNode, type RefObject, useEffect, useId, useRef, useState } from 'react'
import type { VolumeManifest } from '../../../shared/volume/manifest.ts'
import type { CurvePoint } from '../../../shared/volume/transfer-function.ts'
import {
  type CurvePlane,
  hexOf,
  linePath,
  valueOfAt,
  xOfAt,
  yOfOpacity,
} from './curve-editor-axis.ts'
import { useCurveDrag } from './curve-editor-drag.ts'
import type { CurveEditing } from './curve-editor-editing.ts'
import { isArrow, pressKey } from './curve-editor-keys.ts'
import { along, countsPath } from './histogram-shape.ts'

/** Opacities over 1 mm that have a line of their own. */
const guides = [0.01, 0.1, 0.5, 1]

/** The curve over the counts of values; each point can be taken hold of. */
export function CurvePlot(props: {
  volume: VolumeManifest
  plane: CurvePlane
  editing: CurveEditing
  mayChange: boolean
  valueWords: (stored: number) => string
}) {
  const { volume, plane, editing, mayChange, valueWords } = props
  const { width, height, window, axis } = plane
  const { shown, chosen } = editing
  const picture = useRef<SVGSVGElement>(null)
  const colours = useId()
  const [wanted, setWanted] = useState<{ index: number }>()
  useEffect(() => {
    if (!wanted) return
    picture.current?.querySelectorAll<SVGGElement>('.curve-point')[wanted.index]?.focus()
  }, [wanted])
  const focus = (index: number) => setWanted({ index })
  useHeldTouch(picture, mayChange)
  /** An arrow key holds a draft. */
  const keyed = useRef(false)
  const settleKeys = () => {
    if (keyed.current) editing.commitDraft()
    keyed.current = false
  }
  const handlers = useCurveDrag(plane, editing, mayChange, focus)

  const x = (value: number) => along(axis, value) * width
  const half = window.windowWidth / 2
  const [from, to] = [x(window.windowCenter - half), x(window.windowCenter + half)]
  const line = linePath(plane, shown)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing is no fieldset
    <svg
      ref={picture}
      className="curve-plot"
      data-testid="curve-plot"
      data-editable={mayChange || undefined}
      width={width}
      height={height}
      role="group"
      aria-label="Colour and opacity over the values"
      {...handlers}
    >
      <defs>
        <linearGradient id={colours} gradientUnits="userSpaceOnUse" x1={0} x2={width}>
          {shown.map((point, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a point is its place in the list
            <stop key={n} offset={xOfAt(plane, point.at) / width} stopColor={hexOf(point)} />
          ))}
        </linearGradient>
      </defs>
      <svg width={width} height={height} aria-hidden="true">
        <path className="curve-window" d={`M${from} 0V${height}H${to}V0Z`} />
        <path className="curve-counts" d={countsPath(volume, axis, [width, height])} />
      </svg>
      {guides.map((opacity) => (
        <Guide key={opacity} y={yOfOpacity(plane, opacity)} width={width}>
          {opacity * 100} %
        </Guide>
      ))}
      <path d={`${line}V${height}H0Z`} fill={`url(#${colours})`} fillOpacity={0.55} />
      <path className="curve-line" d={line} />
      {mayChange && <path className="curve-grip" d={line} />}
      {shown.map((point, n) => (
        <g
          // biome-ignore lint/suspicious/noArrayIndexKey: a point is its place in the list
          key={n}
          className="curve-point"
          data-chosen={n === chosen || undefined}
          transform={`translate(${xOfAt(plane, point.at)} ${yOfOpacity(plane, point.opacity)})`}
          role="slider"
          tabIndex={0}
          aria-label={`Point ${n + 1} of ${shown.length}`}
          aria-readonly={!mayChange}
          aria-valuenow={Math.round(100 * point.at)}
          aria-valuemin={-400}
          aria-valuemax={500}
          aria-valuetext={pointWords(point, valueWords(valueOfAt(window, point.at)))}
          onFocus={() => editing.choose(n)}
          onBlur={settleKeys}
          onKeyDown={(event) => {
            const means = mayChange && (event.key !== 'Escape' || keyed.current)
            if (!means || !pressKey(editing, plane, n, event, focus)) return
            event.preventDefault()
            event.stopPropagation()
            keyed.current = isArrow(event.key)
          }}
          onKeyUp={(event) => isArrow(event.key) && settleKeys()}
        >
          <circle className="curve-reach" />
          <circle className="curve-dot" r={5.5} fill={hexOf(point)} />
        </g>
      ))}
    </svg>
  )
}

/**
 * A finger on a point or on the line drags it; elsewhere it scrolls the panel. Parts of an SVG have
 * no say by `touch-action`.
 */
function useHeldTouch(picture: RefObject<SVGSVGElement | null>, mayChange: boolean): void {
  useEffect(() => {
    const surface = picture.current
    if (!surface || !mayChange) return
    const hold = (event: TouchEvent) => {
      const { target } = event
      if (target instanceof Element && target.closest('.curve-point, .curve-grip')) {
        event.preventDefault()
      }
    }
    surface.addEventListener('touchstart', hold, { passive: false })
    return () => surface.removeEventListener('touchstart', hold)
  }, [picture, mayChange])
}

function Guide({ y, width, children }: { y: number; width: number; children: ReactNode }) {
  return (
    <g className="curve-guide">
      <path d={`M0 ${y}H${width}`} />
      <text x={3} y={y - 3}>
        {children}
      </text>
    </g>
  )
}

/** "120 HU, 12 % over 1 mm". */
export const pointWords = ({ opacity }: Pick<CurvePoint, 'opacity'>, value: string): string =>
  `${value}, ${opacityPercent(opacity)} % over 1 mm`

/** Small opacities matter by their ratio. */
export function opacityPercent(opacity: number): number {
  const percent = opacity * 100
  return percent >= 10 ? Math.round(percent) : Number(percent.toPrecision(2))
}
