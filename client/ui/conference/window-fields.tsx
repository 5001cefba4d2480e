import { Group } from 'react-aria-components/Group'
import { Label } from 'react-aria-components/Label'
import { NumberField } from 'react-aria-components/NumberField'
import { Input } from 'react-aria-components/TextField'
import type { Window } from '../../../shared/conference/event.ts'
import type { ValueUnit } from '../../../shared/volume/manifest.ts'

const narrowest = 1e-3

/** PS3.3 C.11.2.1.2: centre and width, in the volume's unit. Stored values have none. */
export function WindowFields(props: {
  window: Window
  unit: ValueUnit
  isDisabled: boolean
  onChange: (window: Window) => void
}) {
  const { window, unit, isDisabled, onChange } = props
  return (
    <div className="window-fields">
      <ValueField
        name="Centre"
        unit={unit}
        value={window.windowCenter}
        isDisabled={isDisabled}
        testId="window-center"
        onChange={(windowCenter) => onChange({ ...window, windowCenter })}
      />
      <ValueField
        name="Width"
        unit={unit}
        value={window.windowWidth}
        least={narrowest}
        isDisabled={isDisabled}
        testId="window-width"
        onChange={(windowWidth) => onChange({ ...window, windowWidth })}
      />
    </div>
  )
}

function ValueField(props: {
  name: string
  unit: ValueUnit
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
        if (Number.isFinite(typed)) onChange(typed)
      }}
    >
      <Label className="label">{name}</Label>
      <Group className="value-field">
        <Input className="input figures" data-testid={testId} />
        <span className="value-unit label" aria-hidden="true">
          {unit === 'stored' ? '' : unit}
        </span>
      </Group>
    </NumberField>
  )
}
