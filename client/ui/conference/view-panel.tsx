import { RotateCcw, Ruler } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import type { VolumeManifest } from '../../../shared/volume/manifest.ts'
import { presetById, presetsFor } from '../../../shared/volume/presets.ts'
import type { ConferenceSession } from '../../conference/conference-session.ts'
import type { ConferenceView } from '../../conference/conference-view.ts'
import type { LookDraft } from '../../scene/look-draft.ts'
import { lifeSize } from '../../tools/deeds.ts'
import type { SegmentStates } from '../../volume/segments/segment-state.ts'
import { ClippingPanel } from './clipping-panel.tsx'
import { CropPanel } from './crop-panel.tsx'
import { CurveEditor } from './curve-editor.tsx'
import { Histogram } from './histogram.tsx'
import { whyNotMine } from './leading.ts'
import { ModePanel } from './mode-panel.tsx'
import { PriorPanel } from './prior-panel.tsx'
import { SegmentsPanel } from './segments-panel.tsx'
import type { DraftPlane } from './stage-pane.tsx'
import { WindowFields } from './window-fields.tsx'
import { NamedWindows } from './window-fields-named.tsx'
import './view-panel.css'

interface Props {
  readonly session: ConferenceSession
  readonly view: ConferenceView
  readonly volume: VolumeManifest
  readonly draftPlane: DraftPlane
  /** Of the case and its priors. */
  readonly volumes: readonly VolumeManifest[]
  readonly segmentStates: SegmentStates | undefined
  /** Seen on this page alone until it is let go. */
  readonly draftLook: (draft: LookDraft) => void
}

/** How the shared volume looks: the leader's to change, everybody's to read. */
export function ViewPanel(props: Props) {
  const { session, view, volume, volumes, draftPlane, draftLook } = props
  const mayChange = session.may('setWindow') === 'yes'
  const presets = presetsFor(volume.modality)
  const preset = presetById(view.presetId) ?? presets[0]
  return (
    <div className="panel-section look">
      {!mayChange && <p className="why-not quiet">{whyNotMine(view)}</p>}
      <section className="panel-group" aria-labelledby="look">
        <h2 id="look" className="label">
          Preset
        </h2>
        <ToggleButtonGroup
          className="segments presets"
          aria-label="Preset"
          selectionMode="single"
          disallowEmptySelection
          isDisabled={!mayChange}
          selectedKeys={[view.presetId]}
          onSelectionChange={(chosen) => {
            const [presetId] = [...chosen]
            if (presetId) void session.command({ type: 'setPreset', presetId: `${presetId}` })
          }}
        >
          {presets.map(({ presetId, name }) => (
            <ToggleButton key={presetId} id={presetId} className="segment">
              {name}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </section>
      <ModePanel
        session={session}
        view={view}
        volume={volume}
        draftIsoValue={(isoValue) => draftLook({ isoValue })}
      />
      <section className="panel-group" aria-labelledby="window">
        <h2 id="window" className="label">
          Window
        </h2>
        <Histogram volume={volume} window={view.window} />
        <WindowFields
          window={view.window}
          volume={volume}
          isDisabled={!mayChange}
          onChange={(window) => void session.command({ type: 'setWindow', ...window })}
        />
        <NamedWindows
          window={view.window}
          volume={volume}
          isDisabled={!mayChange}
          onChange={(window) => void session.command({ type: 'setWindow', ...window })}
        />
      </section>
      {view.renderMode === 'composite' && (
        <CurveEditor
          key={`${volume.volumeId} ${preset.presetId}`}
          volume={volume}
          window={view.window}
          curve={view.curve}
          presetCurve={preset.curve}
          mayChange={session.may('setCurve') === 'yes'}
          onChange={(curve) => void session.command({ type: 'setCurve', curve })}
          draftCurve={(curve) => draftLook({ curve })}
        />
      )}
      <SegmentsPanel
        session={session}
        view={view}
        volumes={volumes}
        states={props.segmentStates}
        draftSegments={(draft) => draftLook({ segment: draft?.segment, explode: draft?.explode })}
      />
      <PriorPanel session={session} view={view} volumes={volumes} />
      <CropPanel session={session} view={view} volume={volume} />
      <ClippingPanel session={session} view={view} volume={volume} draftPlane={draftPlane} />
      {mayChange && (
        <Button
          className="button"
          data-testid="life-size"
          isDisabled={view.volumePose.scale === 1}
          onPress={() => lifeSize(session)}
        >
          <Ruler className="icon" aria-hidden />
          Life size
        </Button>
      )}
      {mayChange && (
        <Button
          className="button"
          data-testid="reset-view"
          onPress={() => void session.command({ type: 'resetView' })}
        >
          <RotateCcw className="icon" aria-hidden />
          Reset the view for everybody
        </Button>
      )}
    </div>
  )
}
