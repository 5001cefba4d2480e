import { RotateCcw, Ruler } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import type { VolumeManifest } from '../../../shared/volume/manifest.ts'
import { presetsFor } from '../../../shared/volume/presets.ts'
import type { ConferenceSession } from '../../conference/conference-session.ts'
import type { ConferenceView } from '../../conference/conference-view.ts'
import { lifeSize } from '../../tools/deeds.ts'
import { ClippingPanel } from './clipping-panel.tsx'
import { Histogram } from './histogram.tsx'
import { whyNotMine } from './leading.ts'
import type { DraftPlane } from './stage-pane.tsx'
import { WindowFields } from './window-fields.tsx'

interface Props {
  readonly session: ConferenceSession
  readonly view: ConferenceView
  readonly volume: VolumeManifest
  readonly draftPlane: DraftPlane
}

/** How the shared volume looks: the leader's to change, everybody's to read. */
export function ViewPanel({ session, view, volume, draftPlane }: Props) {
  const mayChange = session.may('setWindow') === 'yes'
  return (
    <div className="panel-section">
      {!mayChange && <p className="why-not quiet">{whyNotMine(view)}</p>}
      <section className="panel-group" aria-labelledby="look">
        <h2 id="look" className="label">
          Preset
        </h2>
        <ToggleButtonGroup
          className="segments"
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
          {presetsFor(volume.modality).map(({ presetId, name }) => (
            <ToggleButton key={presetId} id={presetId} className="segment">
              {name}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </section>
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
      </section>
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
