import { Group } from 'react-aria-components/Group'
import { Label } from 'react-aria-components/Label'
import { NumberField } from 'react-aria-components/NumberField'
import { Input } from 'react-aria-components/TextField'
import type { Window } from '../../../shared/conference/event.ts'
import type { VolumeManifest } from '../../../shared/volume/manifest.ts'
import { type ShownScale, shownScale } from '../../../shared/volume/suv.ts'

/** As fine as the field shows. */
const narrowest = 0.01

/** PS3.3 C.11.2.1.2: centre and width, in the unit that people read the volume in, SUV where it is known. */
export function WindowFields(props: {
  window: Window
  volume: Pick<VolumeManifest, 'unit' | 'suvbwFactor'>
  isDisabled: boolean
  onChange: (window: Window) => void
}) {
  const { window, volume, isDisabled, onChange } = props
  const { unit, perStored } = shownScale(volume)
  return (
    <div className="window-fields">
      <ValueField
        name="Centre"
        unit={unit}
        value={window.windowCenter * perStored}
        isDisabled={isDisabled}
        testId="window-center"
        onChange={(shown) => onChange({ ...window, windowCenter: shown / perStored })}
      />
      <ValueField
        name="Width"
        unit={unit}
        value={window.windowWidth * perStored}
        least={narrowest}
        isDisabled={isDisabled}
        testId="window-width"
        onChange={(shown) => onChange({ ...window, windowWidth: shown / perStored })}
      />
    </div>
  )
}

function ValueField(props: {
  name: string
  unit: ShownScale['unit']
  value: number
  least?: number
  isDisabled: boolean
  testId: string
  onChange: (value: number) => void
}) {
  const { name, unit, value, least, isDisabled, testId, onChange } = props
  return (
    <NumberField
      className="field"
      value={value}
      isDisabled={isDisabled}
      formatOptions={{ maximumFractionDigits: Math.abs(value) < 10 ? 2 : 0, useGrouping: false }}
      {...(least !== undefined && { minValue: least })}
      onChange={(typed) => {
        // The field rounds after it has kept to its least value.
        if (Number.isFinite(typed)) onChange(Math.max(least ?? typed, typed))
      }}
    >
      <Label className="label">{name}</Label>
      <Group className="value-field">
        <Input className="input figures" data-testid={testId} />
        <span className="value-unit label" aria-hidden="true">
          {unit}
        </span>
      </Group>
    </NumberField>
  )
}
