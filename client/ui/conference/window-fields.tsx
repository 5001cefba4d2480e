import type { Window } from '../../../shared/conference/event.ts'
import type { VolumeManifest } from '../../../shared/volume/manifest.ts'
import { shownScale } from '../../../shared/volume/suv.ts'
import { ValueField } from './value-field.tsx'

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
