import { Box } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { Switch } from 'react-aria-components/Switch'
import type { CropBox } from '../../../shared/conference/looks.ts'
import { boxCorners } from '../../../shared/geometry/box-cut.ts'
import { transform } from '../../../shared/geometry/transform.ts'
import type { VolumeManifest } from '../../../shared/volume/manifest.ts'
import type { ConferenceSession } from '../../conference/conference-session.ts'
import type { ConferenceView } from '../../conference/conference-view.ts'
import { cropFaces, faceMm, wholeBox, withFaceMm } from '../../scene/crop-handles-box.ts'
import { ValueField } from './value-field.tsx'

/** What lies outside the box is not shown; its faces in the patient's directions, mm. */
export function CropPanel(props: {
  session: ConferenceSession
  view: ConferenceView
  volume: VolumeManifest
}) {
  const { session, view, volume } = props
  const mayCrop = session.may('setCropBox') === 'yes'
  const affine = transform<'patient', 'voxel'>(volume.patientFromVoxel)
  const whole = wholeBox(boxCorners(affine, volume.dims))
  const box = view.cropBox
  const set = ({ minMm, maxMm, enabled }: CropBox) =>
    void session.command({ type: 'setCropBox', minMm, maxMm, enabled })
  return (
    <section className="panel-group" aria-labelledby="crop" data-testid="crop">
      <h2 id="crop" className="label">
        Crop box
      </h2>
      <div className="crop-head">
        <Switch
          className="switch"
          data-testid="crop-on"
          isSelected={box?.enabled ?? false}
          isDisabled={!mayCrop}
          onChange={(enabled) => set({ ...(box ?? whole), enabled })}
        >
          <span className="switch-track" />
          <span>{box?.enabled ? 'Cropped' : 'Nothing is cropped'}</span>
        </Switch>
        {mayCrop && box && (
          <Button
            className="button chip"
            data-testid="crop-whole"
            onPress={() => set({ ...whole, enabled: box.enabled })}
          >
            <Box className="icon" aria-hidden />
            Whole volume
          </Button>
        )}
      </div>
      {box && (
        <div className="crop-fields">
          {cropFaces.map((face) => (
            <ValueField
              key={face.letter}
              name={`${face.name} (${face.letter})`}
              unit="mm"
              value={faceMm(box, face)}
              decimals={1}
              isDisabled={!mayCrop}
              testId={`crop-${face.letter}`}
              onChange={(mm) => set(withFaceMm(box, face, mm))}
            />
          ))}
        </div>
      )}
    </section>
  )
}
