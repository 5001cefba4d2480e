import { useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { Label } from 'react-aria-components/Label'
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components/Slider'
import type { SegmentLook } from '../../../shared/conference/looks.ts'
import type { VolumeManifest } from '../../../shared/volume/manifest.ts'
import type { ConferenceSession } from '../../conference/conference-session.ts'
import type { ConferenceView } from '../../conference/conference-view.ts'
import { type SegmentStates, segmentKey } from '../../volume/segments/segment-state.ts'
import { allShown, listedSegments } from './segments-panel-looks.ts'
import { SegmentRow } from './segments-panel-row.tsx'
import './segments-panel.css'

/** Shown on one's own picture while a slider is dragged; undefined: the conference's again. */
export type DraftSegments = (
  draft: { readonly segment?: SegmentLook; readonly explode?: number } | undefined,
) => void

interface Props {
  readonly session: Pick<ConferenceSession, 'command' | 'may'>
  readonly view: ConferenceView
  /** Of the case, and of the prior that is compared with. */
  readonly volumes: readonly VolumeManifest[]
  /** How far each has come on this page. */
  readonly states?: SegmentStates | undefined
  readonly draftSegments?: DraftSegments | undefined
}

/** The segments of the shown volume and of others in its space: the leader's to show, all's to read. */
export function SegmentsPanel({ session, view, volumes, states, draftSegments }: Props) {
  const mayShow = session.may('setSegments') === 'yes'
  const listed = listedSegments(volumes, view.shownVolumeId, view.segments)
  const set = (segments: SegmentLook[]) => session.command({ type: 'setSegments', segments })
  const [hidden, shown] = [allShown(listed, true), allShown(listed, false)]
  return (
    <section className="panel-group" aria-labelledby="segments" data-testid="segments">
      <div className="segments-head">
        <h2 id="segments" className="label">
          Segments
        </h2>
        {mayShow && listed.length > 0 && (
          <>
            <Button
              className="button chip"
              data-testid="segments-show-all"
              isDisabled={hidden.length === 0}
              onPress={() => void set(hidden)}
            >
              Show all
            </Button>
            <Button
              className="button chip"
              data-testid="segments-hide-all"
              isDisabled={shown.length === 0}
              onPress={() => void set(shown)}
            >
              Hide all
            </Button>
          </>
        )}
      </div>
      {listed.length === 0 && <p className="quiet">This volume has no segments.</p>}
      {listed.map(({ volume, segments }) => (
        <div key={volume.volumeId}>
          {volume.volumeId !== view.shownVolumeId && (
            <h3 className="label segments-of">Drawn on {volume.label}</h3>
          )}
          <ul className="segment-list">
            {segments.map(({ label, look }) => (
              <SegmentRow
                key={label.labelId}
                label={label}
                look={look}
                state={states?.get(segmentKey(volume.volumeId, label.labelId))}
                mayShow={mayShow}
                draft={(segment) => draftSegments?.(segment && { segment })}
                onChange={(changed) => set([changed])}
              />
            ))}
          </ul>
        </div>
      ))}
      {listed.length > 0 && (shown.length > 1 || view.explode > 0) && (
        <Explode
          explode={view.explode}
          mayMove={session.may('setExplode') === 'yes'}
          draft={(explode) => draftSegments?.(explode === undefined ? undefined : { explode })}
          onChange={(explode) => session.command({ type: 'setExplode', explode })}
        />
      )}
    </section>
  )
}

/** Further than this, segments leave a room. */
const furthest = 2

function Explode(props: {
  explode: number
  mayMove: boolean
  draft: (explode: number | undefined) => void
  onChange: (explode: number) => Promise<unknown>
}) {
  const { explode, mayMove, draft, onChange } = props
  const [dragged, setDragged] = useState<number>()
  const value = dragged ?? explode
  return (
    <div className="explode">
      <Slider
        className="slider figures"
        minValue={0}
        maxValue={Math.max(furthest, explode)}
        step={0.05}
        value={value}
        isDisabled={!mayMove}
        onChange={(now) => {
          setDragged(now)
          draft(now)
        }}
        onChangeEnd={(now) => {
          void onChange(now).then(() => {
            setDragged(undefined)
            draft(undefined)
          })
        }}
      >
        <Label className="label">Moved apart</Label>
        <output className="label" data-testid="explode-value">
          {Math.round(value * 100)} %
        </output>
        <SliderTrack className="slider-track">
          <SliderThumb className="slider-thumb" data-testid="explode" />
        </SliderTrack>
      </Slider>
      {value > 0 && (
        <p className="label">Not where they are in the patient; planes and box do not cut them.</p>
      )}
    </div>
  )
}
