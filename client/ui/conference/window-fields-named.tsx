import { Button } from 'react-aria-components/Button'
import { Group } from 'react-aria-components/Group'
import type { Window } from '../../../shared/conference/event.ts'
import type { VolumeManifest } from '../../../shared/volume/manifest.ts'
import { windowsFor } from '../../../shared/volume/presets-window.ts'
import { shownScale } from '../../../shared/volume/suv.ts'

/** The windows that such a volume is usually read in, one press each. */
export function NamedWindows(props: {
  window: Window
  volume: VolumeManifest
  isDisabled: boolean
  onChange: (window: Window) => void
}) {
  const { window: shown, volume, isDisabled, onChange } = props
  const { unit } = shownScale(volume)
  return (
    <Group className="chips" aria-label="Windows">
      {windowsFor(volume).map(({ name, window }) => (
        <Button
          key={name}
          className="button chip figures"
          aria-label={`Window ${name}${unit === 'SUV' ? ' SUV' : ''}`}
          aria-pressed={same(window, shown)}
          isDisabled={isDisabled}
          onPress={() => onChange(window)}
        >
          {name}
        </Button>
      ))}
    </Group>
  )
}

const same = (a: Window, b: Window): boolean =>
  near(a.windowCenter, b.windowCenter, a.windowWidth) && near(a.windowWidth, b.windowWidth, 1)

/** Bq/ml come out of a division. */
const near = (a: number, b: number, scale: number) =>
  Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b), scale)
