import { Layers2 } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Label } from 'react-aria-components/Label'
import { NumberField } from 'react-aria-components/NumberField'
import { Popover } from 'react-aria-components/Popover'
import { Input } from 'react-aria-components/TextField'
import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import { thickestSlabMm } from '../../../shared/conference/looks.ts'
import { noTurn } from '../../../shared/geometry/quaternion.ts'
import { type Projection, projections } from '../../../shared/volume/slice.ts'
import { obliqueAngles, obliqueRotation } from '../../slices/pane-axes.ts'
import type { SliceStation } from '../../slices/slice-station.ts'
import { projectionNames, slabWords } from './slab-words.ts'
import { useStation } from './use-slice-station.ts'

/** How thick the slices are, what becomes of the thickness, and how the oblique one is turned. */
export function SlabControls({ station, wide }: { station: SliceStation; wide: boolean }) {
  const slicing = useStation(station, (now) => now.slicing)
  const leads = useStation(station, ({ view }) => view.me.presents)
  const { tilt, swing } = obliqueAngles(slicing.obliqueRotation)
  const turn = (angles: { tilt: number; swing: number }) =>
    station.move({ obliqueRotation: obliqueRotation(angles) }, 'lasting')
  const words = slabWords(slicing) || 'Thin slices'
  return (
    <DialogTrigger>
      <Button
        className="button plain slab-button"
        data-testid="slab"
        aria-label={`Slices: ${words}`}
      >
        <Layers2 className="icon" aria-hidden />
        {wide && <span className="figures">{words}</span>}
      </Button>
      <Popover className="slab-popover" placement="top end" offset={6}>
        <Dialog className="slab-dialog" aria-label="Slices">
          {!leads && <p className="why-not quiet">Only your own slices change.</p>}
          <Figure
            name="Slab thickness"
            unit="mm"
            value={slicing.slabMm}
            range={[0, thickestSlabMm]}
            testId="slab-mm"
            onChange={(slabMm) => station.move({ slabMm }, 'lasting')}
          />
          <ToggleButtonGroup
            className="segments"
            aria-label="Projection of the slab"
            selectionMode="single"
            disallowEmptySelection
            isDisabled={slicing.slabMm === 0}
            selectedKeys={[slicing.projection]}
            onSelectionChange={(chosen) => {
              const [projection] = [...chosen]
              if (projection) station.move({ projection: projection as Projection }, 'lasting')
            }}
          >
            {projections.map((projection) => (
              <ToggleButton key={projection} id={projection} className="segment">
                {projectionNames[projection]}
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
          <div className="slab-angles">
            <Figure
              name="Oblique tilt"
              unit="°"
              value={tilt}
              range={[-90, 90]}
              testId="oblique-tilt"
              onChange={(typed) => turn({ tilt: typed, swing })}
            />
            <Figure
              name="Oblique swing"
              unit="°"
              value={swing}
              range={[-180, 180]}
              testId="oblique-swing"
              onChange={(typed) => turn({ tilt, swing: typed })}
            />
          </div>
          <Button
            className="button"
            onPress={() => station.move({ obliqueRotation: noTurn }, 'lasting')}
          >
            Oblique as axial
          </Button>
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

function Figure(props: {
  name: string
  unit: string
  value: number
  range: readonly [number, number]
  testId: string
  onChange: (value: number) => void
}) {
  const { name, unit, value, range, testId, onChange } = props
  return (
    <NumberField
      className="field"
      value={Math.round(value * 10) / 10 || 0}
      minValue={range[0]}
      maxValue={range[1]}
      formatOptions={{ maximumFractionDigits: 1, useGrouping: false }}
      onChange={(typed) => {
        if (Number.isFinite(typed)) onChange(typed)
      }}
    >
      <Label className="label">{name}</Label>
      <span className="value-field">
        <Input className="input figures" data-testid={testId} />
        <span className="value-unit label" aria-hidden="true">
          {unit}
        </span>
      </span>
    </NumberField>
  )
}
