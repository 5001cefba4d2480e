import { Group } from 'react-aria-components/Group'
import { Label } from 'react-aria-components/Label'
import { NumberField } from 'react-aria-components/NumberField'
import { Input } from 'react-aria-components/TextField'

/** A number that is typed, with its unit. It has at most two decimals, and none where it is large. */
export function ValueField(props: {
  name: string
  unit: string
  value: number
  least?: number
  most?: number
  /** At most so many; without it as many as the value's size asks for. */
  decimals?: number
  isDisabled: boolean
  testId: string
  onChange: (value: number) => void
}) {
  const { name, unit, value, least, most, isDisabled, testId, onChange } = props
  const decimals = props.decimals ?? (Math.abs(value) < 10 ? 2 : 0)
  return (
    <NumberField
      className="field"
      value={value}
      isDisabled={isDisabled}
      formatOptions={{ maximumFractionDigits: decimals, useGrouping: false }}
      {...(least !== undefined && { minValue: least })}
      {...(most !== undefined && { maxValue: most })}
      onChange={(typed) => {
        // The field rounds after it has kept to its least value.
        if (Number.isFinite(typed)) onChange(Math.max(least ?? typed, typed))
      }}
    >
      <Label className="label">{name}</Label>
      <Group className="value-field">
        <Input className="input figures" data-testid={testId} />
        {unit && (
          <span className="value-unit label" aria-hidden="true">
            {unit}
          </span>
        )}
      </Group>
    </NumberField>
  )
}
