import { useState } from 'react'
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components/Slider'
import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import type { VolumeManifest } from '../../../shared/volume/manifest.ts'
import type { RenderMode } from '../../../shared/volume/render-mode.ts'
import { shownScale } from '../../../shared/volume/suv.ts'
import type { ConferenceSession } from '../../conference/conference-session.ts'
import type { ConferenceView } from '../../conference/conference-view.ts'
import { along, busyAxis, countsPath } from './histogram-shape.ts'
import { ValueField } from './value-field.tsx'

/** Shown on one's own picture while the slider is dragged; undefined: the conference's again. */
export type DraftIsoValue = (isoValue: number | undefined) => void

export const modeNames: Readonly<Record<RenderMode, string>> = {
  composite: 'Composite',
  mip: 'MIP',
  minip: 'MinIP',
  isosurface: 'Surface',
}

const modeWords: Readonly<Record<RenderMode, string>> = {
  composite: 'Colour and opacity gathered along each line of sight.',
  mip: 'The greatest value along each line of sight, through the window.',
  minip:
    'The least value along each line of sight, through the window. Crop to the part of interest.',
  isosurface: 'The first surface at one value.',
}

/** What each line of sight shows, and for a surface its value. */
export function ModePanel(props: {
  session: ConferenceSession
  view: ConferenceView
  volume: VolumeManifest
  draftIsoValue: DraftIsoValue | undefined
}) {
  const { session, view, volume, draftIsoValue } = props
  const mayChange = session.may('setRenderMode') === 'yes'
  const choose = (renderMode: RenderMode) => {
    const opens = renderMode === 'isosurface' && { isoValue: openingIsoValue(view, volume) }
    void session.command({ type: 'setRenderMode', renderMode, ...opens })
  }
  return (
    <section className="panel-group" aria-labelledby="mode">
      <h2 id="mode" className="label">
        Rendering
      </h2>
      <ToggleButtonGroup
        className="segments"
        aria-label="Rendering"
        selectionMode="single"
        disallowEmptySelection
        isDisabled={!mayChange}
        selectedKeys={[view.renderMode]}
        onSelectionChange={(chosen) => {
          const [mode] = [...chosen]
          if (mode) choose(mode as RenderMode)
        }}
      >
        {(Object.keys(modeNames) as RenderMode[]).map((mode) => (
          <ToggleButton key={mode} id={mode} className="segment" data-testid={`mode-${mode}`}>
            {modeNames[mode]}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <p className="label">{modeWords[view.renderMode]}</p>
      {view.renderMode === 'isosurface' && (
        <SurfaceValue
          volume={volume}
          isoValue={view.isoValue}
          mayChange={mayChange}
          draftIsoValue={draftIsoValue}
          onChange={(isoValue) =>
            session.command({ type: 'setRenderMode', renderMode: 'isosurface', isoValue })
          }
        />
      )}
    </section>
  )
}

const width = 256
const height = 48
const steps = 500

function SurfaceValue(props: {
  volume: VolumeManifest
  isoValue: number
  mayChange: boolean
  draftIsoValue: DraftIsoValue | undefined
  onChange: (isoValue: number) => Promise<unknown>
}) {
  const { volume, isoValue, mayChange, draftIsoValue, onChange } = props
  const [dragged, setDragged] = useState<number>()
  const { unit, perStored } = shownScale(volume)
  const axis = busyAxis(volume)
  const value = dragged ?? isoValue
  const at = (along(axis, value) * width).toFixed(1)
  const drag = (stored: number) => {
    setDragged(stored)
    draftIsoValue?.(stored)
  }
  const letGo = (stored: number) => {
    void onChange(stored)
    setDragged(undefined)
    draftIsoValue?.(undefined)
  }
  return (
    <div className="surface-value">
      <svg
        className="histogram"
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <path className="curve-counts" d={countsPath(volume, axis, [width, height])} />
        <path className="histogram-ramp" d={`M${at} 0V${height}`} />
      </svg>
      <Slider
        className="slider figures"
        aria-label="Surface at"
        minValue={axis.low * perStored}
        maxValue={axis.high * perStored}
        step={((axis.high - axis.low) * perStored) / steps || 1}
        value={value * perStored}
        isDisabled={!mayChange}
        onChange={(shown) => drag(shown / perStored)}
        onChangeEnd={(shown) => letGo(shown / perStored)}
      >
        <SliderTrack className="slider-track">
          <SliderThumb className="slider-thumb" data-testid="iso-slider" />
        </SliderTrack>
      </Slider>
      <ValueField
        name="Surface at"
        unit={unit}
        value={value * perStored}
        isDisabled={!mayChange}
        testId="iso-value"
        onChange={(shown) => letGo(shown / perStored)}
      />
    </div>
  )
}

/** The one that is kept, where there is something at it; else the middle of the window. */
function openingIsoValue(view: ConferenceView, volume: VolumeManifest): number {
  const { low, high } = busyAxis(volume)
  const kept = view.isoValue
  return kept !== 0 && kept > low && kept < high ? kept : view.window.windowCenter
}
