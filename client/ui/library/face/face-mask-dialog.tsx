import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { Dialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Label } from 'react-aria-components/Label'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components/Slider'
import type { CaseDetails } from '../../../../shared/case/case.ts'
import { protectFace } from '../../../api/faces.ts'
import { wordsFor } from '../../../api/http.ts'
import { type FaceCut, firstCut, keptSide, steepestDegrees } from './face-cut.ts'
import { loadProfile, type Profile } from './profile.ts'
import { ProfileView } from './profile-view.tsx'

/** A plane is laid across the head; what lies in front of it is taken out of the scan for good. */
export function FaceMaskDialog(props: {
  details: CaseDetails
  onDone: () => void
  onDismiss: () => void
}) {
  const { details, onDone, onDismiss } = props
  const [profile, setProfile] = useState<Profile>()
  const [cut, setCut] = useState<FaceCut>()
  const [refusal, setRefusal] = useState<string>()
  const [masking, setMasking] = useState(false)
  useEffect(() => {
    const head = details.volumes.find(({ modality }) => modality !== 'PT') ?? details.volumes[0]!
    loadProfile(head).then(
      (loaded) => {
        setProfile(loaded)
        setCut(firstCut(loaded))
      },
      (error: unknown) => setRefusal(wordsFor(error)),
    )
  }, [details])
  const mask = async () => {
    if (!profile || !cut) return
    setMasking(true)
    setRefusal(undefined)
    try {
      await protectFace(details.caseId, { action: 'mask', keep: keptSide(cut, profile) })
      onDone()
    } catch (error) {
      setRefusal(wordsFor(error))
      setMasking(false)
    }
  }
  const dismiss = () => !masking && onDismiss()
  return (
    <ModalOverlay
      className="veil"
      isOpen
      isDismissable={!masking}
      onOpenChange={(open) => !open && dismiss()}
    >
      <Modal>
        <Dialog className="dialog wide">
          <Heading slot="title" level={2}>
            Mask the face
          </Heading>
          <p className="quiet">
            Lay the line behind eyes, nose and mouth. What is shaded is taken out of every series of
            this case and cannot be brought back here; the PACS keeps its own.
          </p>
          {!profile && !refusal && <p role="status">Loading the head…</p>}
          {profile && cut && (
            <div className="face-editor">
              <ProfileView profile={profile} cut={cut} />
              <div className="face-sliders">
                <CutSlider
                  name="Depth"
                  unit="mm"
                  value={cut.depthMm}
                  range={[0, Math.round(profile.width * profile.mmPerPixel)]}
                  onChange={(depthMm) => setCut({ ...cut, depthMm })}
                />
                <CutSlider
                  name="Lean"
                  unit="°"
                  value={cut.leanDegrees}
                  range={[-steepestDegrees, steepestDegrees]}
                  onChange={(leanDegrees) => setCut({ ...cut, leanDegrees })}
                />
              </div>
            </div>
          )}
          {refusal && <p role="alert">{refusal}</p>}
          {masking && (
            <p role="status">Taking the face out of the scan. This takes some seconds…</p>
          )}
          <div className="actions">
            <Button className="button plain" isDisabled={masking} onPress={onDismiss}>
              Cancel
            </Button>
            <Button
              className="button primary"
              isDisabled={!cut || masking}
              onPress={() => void mask()}
            >
              Take it out
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function CutSlider(props: {
  name: string
  unit: string
  value: number
  range: readonly [number, number]
  onChange: (value: number) => void
}) {
  const { name, unit, value, range, onChange } = props
  return (
    <Slider
      className="slider figures"
      minValue={range[0]}
      maxValue={range[1]}
      step={1}
      value={value}
      onChange={(next) => onChange(next as number)}
    >
      <Label className="label">{name}</Label>
      <output className="label">
        {value} {unit}
      </output>
      <SliderTrack className="slider-track">
        <SliderThumb className="slider-thumb" />
      </SliderTrack>
    </Slider>
  )
}
