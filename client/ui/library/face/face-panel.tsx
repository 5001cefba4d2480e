import { ScanFace } from 'lucide-react'
import { useState } from 'react'
import { Button } from 'react-aria-components/Button'
import type { CaseDetails } from '../../../../shared/case/case.ts'
import { day } from '../../common/format.ts'
import { FaceMaskDialog } from './face-mask-dialog.tsx'
import { FaceWaiverDialog } from './face-waiver-dialog.tsx'
import './face.css'

/** Whether guests may see this head, and what the attending can do about it. */
export function FacePanel(props: { details: CaseDetails; onProtected: () => void }) {
  const { details, onProtected } = props
  const { face, caseId } = details
  const [asking, setAsking] = useState<'mask' | 'waive'>()
  if (face.state === 'not-needed') return null
  const done = () => {
    setAsking(undefined)
    onProtected()
  }
  return (
    <section className="face-panel" data-state={face.state} aria-labelledby="face">
      <ScanFace className="icon" aria-hidden />
      <div className="face-words">
        <h2 id="face">{titles[face.state]}</h2>
        {face.state === 'needed' && (
          <p className="quiet">
            Rendered from the skin, a head can be recognised. Guests cannot come into a conference
            on this case before the face is masked, or before somebody answers for it by name.
          </p>
        )}
        {face.state === 'masked' && (
          <p className="quiet">
            Taken out of the scan on {day(face.atMs)} by {face.by}. The first scan was not kept.
          </p>
        )}
        {face.state === 'waived' && (
          <p className="quiet">
            {face.by} answers for it since {day(face.atMs)}: “{face.reason}”
          </p>
        )}
        {face.state !== 'masked' && (
          <div className="face-actions">
            <Button className="button" onPress={() => setAsking('mask')}>
              Mask the face…
            </Button>
            {face.state === 'needed' && (
              <Button className="button plain" onPress={() => setAsking('waive')}>
                Answer for it…
              </Button>
            )}
          </div>
        )}
      </div>
      {asking === 'mask' && (
        <FaceMaskDialog details={details} onDone={done} onDismiss={() => setAsking(undefined)} />
      )}
      {asking === 'waive' && (
        <FaceWaiverDialog caseId={caseId} onDone={done} onDismiss={() => setAsking(undefined)} />
      )}
    </section>
  )
}

const titles = {
  needed: 'This scan may show the patient’s face',
  masked: 'The face is masked',
  waived: 'Shown with the face',
} as const
