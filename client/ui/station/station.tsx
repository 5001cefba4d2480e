import { Undo2 } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import { paneKinds } from '../../slices/pane-axes.ts'
import type { SliceStation } from '../../slices/slice-station.ts'
import { Tip } from '../common/tip.tsx'
import { paneNames } from './pane-names.ts'
import { SlabControls } from './slab-controls.tsx'
import { SlicePaneView } from './slice-pane-view.tsx'
import { type Layout, layouts, type PaneId, type StationLayout } from './station-layout.ts'
import { useStation } from './use-slice-station.ts'
import './station.css'

const layoutNames: Readonly<Record<Layout, string>> = {
  volume: '3D',
  both: '3D + slices',
  slices: 'Slices',
}
const tabs: readonly PaneId[] = ['volume', ...paneKinds]

/** The slices beside the volume, and the bar that says which panes there are. */
export function Station(props: { station: SliceStation; layout: StationLayout; wide: boolean }) {
  const { station, layout, wide } = props
  const beside = useStation(
    station,
    ({ view, prior }) => prior !== undefined && view.prior?.arrangement === 'beside',
  )
  return (
    <section className="station" aria-label="Slices" data-panes={layout.panes.length}>
      <div className="station-bar">
        {wide ? <Layouts layout={layout} /> : <PaneTabs layout={layout} />}
        {layout.panes.length > 0 && (
          <>
            <OwnSlices station={station} />
            <SlabControls station={station} wide={wide} />
          </>
        )}
      </div>
      {layout.panes.length > 0 && (
        <div className="slice-panes">
          {layout.panes.map((kind) => (
            <div key={kind} className="slice-pair">
              {(beside ? (['shown', 'prior'] as const) : (['shown'] as const)).map((shows) => (
                <SlicePaneView
                  key={shows}
                  station={station}
                  kind={kind}
                  shows={shows}
                  alone={layout.alone === kind}
                  onFill={() => layout.toggle(kind)}
                />
              ))}
            </div>
          ))}
        </div>
      )}
    </section>
  )
}

function Layouts({ layout }: { layout: StationLayout }) {
  return (
    <Tip text="Next layout" keys="X" placement="top">
      <ToggleButtonGroup
        className="segments station-layouts"
        aria-label="Layout"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[layout.layout]}
        onSelectionChange={(chosen) => {
          const [now] = [...chosen]
          if (now) layout.choose(now as Layout)
        }}
      >
        {layouts.map((one) => (
          <ToggleButton key={one} id={one} className="segment">
            {layoutNames[one]}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </Tip>
  )
}

/** On a phone: one pane at a time. */
function PaneTabs({ layout }: { layout: StationLayout }) {
  return (
    <ToggleButtonGroup
      className="segments station-tabs"
      aria-label="Pane"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[layout.alone ?? 'volume']}
      onSelectionChange={(chosen) => {
        const [pane] = [...chosen]
        if (pane) layout.fill(pane as PaneId)
      }}
    >
      {tabs.map((pane) => (
        <ToggleButton
          key={pane}
          id={pane}
          className="segment"
          aria-label={paneNames[pane].name}
          data-testid={`tab-pane-${pane}`}
        >
          {paneNames[pane].short}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}

/** Who went on alone is told so, and comes back by one press. */
function OwnSlices({ station }: { station: SliceStation }) {
  const own = useStation(station, (now) => now.own)
  const leader = useStation(
    station,
    ({ view }) => view.participants.find(({ presents }) => presents)?.displayName,
  )
  if (!own) return null
  return (
    <Tip text="Back to the shared slices" keys="J" placement="top">
      <Button className="button own-slices" onPress={() => station.follow()}>
        <Undo2 className="icon" aria-hidden />
        <span className="own-slices-long">Your own slices — </span>
        <span>back to {leader ? `${leader}’s` : 'the shared ones'}</span>
      </Button>
    </Tip>
  )
}
