import { FlipHorizontal2, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { Label } from 'react-aria-components/Label'
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components/Slider'
import { Switch } from 'react-aria-components/Switch'
import { maximumClippingPlanes } from '../../../shared/conference/command.ts'
import type { ClippingPlane } from '../../../shared/conference/event.ts'
import { boxCorners } from '../../../shared/geometry/box-cut.ts'
import { transform } from '../../../shared/geometry/transform.ts'
import type { VolumeManifest } from '../../../shared/volume/manifest.ts'
import type { ConferenceSession } from '../../conference/conference-session.ts'
import type { ConferenceView } from '../../conference/conference-view.ts'
import {
  flipped,
  newPlane,
  offsetRange,
  type PlaneKind,
  planeKinds,
  planeWords,
  setPlane,
} from '../../tools/planes.ts'
import { IconButton } from '../common/icon-button.tsx'
import type { DraftPlane } from './stage-pane.tsx'

interface Props {
  readonly session: ConferenceSession
  readonly view: ConferenceView
  readonly volume: VolumeManifest
  /** Shows a plane while it is dragged, until what it became is answered. */
  readonly draftPlane: DraftPlane
}

const offsetStepMm = 0.5

export function ClippingPanel({ session, view, volume, draftPlane }: Props) {
  const mayClip = session.may('setClippingPlane') === 'yes'
  const full = view.clippingPlanes.length >= maximumClippingPlanes
  const corners = boxCorners(transform<'patient', 'voxel'>(volume.patientFromVoxel), volume.dims)
  const add = (kind: PlaneKind) => {
    const plane = newPlane(kind, view.clippingPlanes, corners)
    if (plane) void session.command(setPlane(plane))
  }
  return (
    <section className="panel-group" aria-labelledby="clipping">
      <h2 id="clipping" className="label">
        Clipping planes
      </h2>
      {view.clippingPlanes.length === 0 && <p className="quiet">The whole volume is shown.</p>}
      <ul className="planes" data-testid="planes">
        {view.clippingPlanes.map((plane) => (
          <PlaneRow
            key={plane.planeId}
            plane={plane}
            range={offsetRange(corners, plane.normal)}
            session={session}
            mayClip={mayClip}
            draftPlane={draftPlane}
          />
        ))}
      </ul>
      {mayClip && (
        <div className="plane-adders">
          {planeKinds.map((kind) => (
            <Button
              key={kind.name}
              className="button"
              aria-label={`Add ${kind.name.toLowerCase()} plane`}
              isDisabled={full}
              onPress={() => add(kind)}
            >
              <Plus className="icon" aria-hidden />
              {kind.name}
            </Button>
          ))}
        </div>
      )}
      {mayClip && full && (
        <p className="label">Six planes is the most. Remove one to add another.</p>
      )}
    </section>
  )
}

function PlaneRow(props: {
  plane: ClippingPlane
  range: readonly [number, number]
  session: ConferenceSession
  mayClip: boolean
  draftPlane: DraftPlane
}) {
  const { plane, range, session, mayClip, draftPlane } = props
  const { planeId, normal, offsetMm, enabled } = plane
  const [draggedMm, setDraggedMm] = useState<number>()
  const { name, keeps } = planeWords(normal)
  const set = (changed: ClippingPlane) => session.command(setPlane(changed))
  const drag = (mm: number) => {
    setDraggedMm(mm)
    draftPlane({ planeId, normal, offsetMm: mm })
  }
  const letGo = (mm: number) => {
    const answered = set({ planeId, normal, offsetMm: mm, enabled })
    draftPlane({ planeId, normal, offsetMm: mm }, answered)
    void answered.then(() => setDraggedMm(undefined))
  }
  return (
    <li className="plane">
      <div className="plane-head">
        <Switch
          className="switch plane-switch"
          isSelected={enabled}
          isDisabled={!mayClip}
          onChange={(on) => void set({ planeId, normal, offsetMm, enabled: on })}
        >
          <span className="switch-track" />
          <span>
            {name} <span className="quiet">{keeps}</span>
          </span>
        </Switch>
        {mayClip && (
          <>
            <IconButton
              icon={FlipHorizontal2}
              name={`Flip the ${name.toLowerCase()} plane`}
              onPress={() => void set(flipped(plane))}
            />
            <IconButton
              icon={Trash2}
              name={`Remove the ${name.toLowerCase()} plane`}
              onPress={() => void session.command({ type: 'removeClippingPlane', planeId })}
            />
          </>
        )}
      </div>
      <Slider
        className="slider figures"
        minValue={range[0]}
        maxValue={range[1]}
        step={offsetStepMm}
        value={draggedMm ?? offsetMm}
        isDisabled={!mayClip || !enabled}
        onChange={drag}
        onChangeEnd={letGo}
      >
        <Label className="label">Offset</Label>
        <output className="label">{(draggedMm ?? offsetMm).toFixed(1)} mm</output>
        <SliderTrack className="slider-track">
          <SliderThumb className="slider-thumb" />
        </SliderTrack>
      </Slider>
    </li>
  )
}
