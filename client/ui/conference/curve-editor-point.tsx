import { Trash2 } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { Group } from 'react-aria-components/Group'
import { tissue } from '../../../shared/volume/presets-point.ts'
import type { ShownScale } from '../../../shared/volume/suv.ts'
import type { CurvePoint } from '../../../shared/volume/transfer-function.ts'
import {
  fewestPoints,
  withoutPoint,
  withPoint,
} from '../../../shared/volume/transfer-function-edit.ts'
import { IconButton } from '../common/icon-button.tsx'
import {
  atBounds,
  atOfValue,
  type CurvePlane,
  colourOf,
  hexOf,
  valueOfAt,
} from './curve-editor-axis.ts'
import type { CurveEditing } from './curve-editor-editing.ts'
import { ValueField } from './value-field.tsx'

const swatches = (
  ['bone', 'skin', 'fat', 'muscle', 'vessel', 'blood', 'lung', 'air', 'white'] as const
).map((name) => {
  const [r, g, b] = tissue[name]
  return { name, colour: { r, g, b }, hex: hexOf({ r, g, b }) }
})

/** The chosen point in figures, and its colour. */
export function CurvePointFields(props: {
  point: CurvePoint
  index: number
  plane: CurvePlane
  editing: CurveEditing
  scale: ShownScale
  mayChange: boolean
}) {
  const { point, index, plane, editing, scale, mayChange } = props
  const { unit, perStored } = scale
  const changed = (change: Partial<CurvePoint>) =>
    withPoint(editing.shown, index, change, atBounds(plane))
  const hex = hexOf(point)
  return (
    <Group className="curve-fields" aria-label={`Point ${index + 1} of the curve`}>
      <ValueField
        name="Value"
        unit={unit}
        value={valueOfAt(plane.window, point.at) * perStored}
        isDisabled={!mayChange}
        testId="curve-value"
        onChange={(shown) =>
          editing.commit(changed({ at: atOfValue(plane.window, shown / perStored) }))
        }
      />
      <ValueField
        name="Opacity over 1 mm"
        unit="%"
        value={point.opacity * 100}
        least={0}
        most={100}
        decimals={2}
        isDisabled={!mayChange}
        testId="curve-opacity"
        onChange={(percent) => editing.commit(changed({ opacity: percent / 100 }))}
      />
      {mayChange && (
        <IconButton
          icon={Trash2}
          name="Remove this point"
          testId="curve-remove"
          isDisabled={editing.shown.length <= fewestPoints}
          onPress={() => editing.commit(withoutPoint(editing.shown, index))}
        />
      )}
      {mayChange && (
        <Group className="curve-colours" aria-label="Colour">
          {swatches.map(({ name, colour, hex: own }) => (
            <Button
              key={name}
              className="curve-swatch"
              aria-label={`Colour of ${name}`}
              aria-pressed={own === hex}
              style={{ backgroundColor: own }}
              onPress={() => editing.commit(changed(colour))}
            />
          ))}
          <input
            type="color"
            className="curve-colour"
            aria-label="Any colour"
            data-testid="curve-colour"
            value={hex}
            onChange={(event) => editing.draft(changed(colourOf(event.target.value)))}
            onBlur={() => editing.commitDraft()}
          />
        </Group>
      )}
    </Group>
  )
}
