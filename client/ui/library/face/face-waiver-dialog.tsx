import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { Dialog } from 'react-aria-components/Dialog'
import { Form } from 'react-aria-components/Form'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { Input, Label, TextField } from 'react-aria-components/TextField'
import { protectFace } from '../../../api/faces.ts'
import { wordsFor } from '../../../api/http.ts'

/** Somebody takes it upon themselves, by name and with a reason; it is on record. */
export function FaceWaiverDialog(props: {
  caseId: string
  onDone: () => void
  onDismiss: () => void
}) {
  const { caseId, onDone, onDismiss } = props
  const [name, setName] = useState('')
  const [reason, setReason] = useState('')
  const [refusal, setRefusal] = useState<string>()
  const [sending, setSending] = useState(false)
  const complete = name.trim().length >= 2 && reason.trim().length >= 3
  const send = async (event: FormEvent) => {
    event.preventDefault()
    setSending(true)
    setRefusal(undefined)
    try {
      await protectFace(caseId, { action: 'waive', name: name.trim(), reason: reason.trim() })
      onDone()
    } catch (error) {
      setRefusal(wordsFor(error))
      setSending(false)
    }
  }
  return (
    <ModalOverlay
      className="veil"
      isOpen
      isDismissable
      onOpenChange={(open) => !open && onDismiss()}
    >
      <Modal>
        <Dialog className="dialog">
          <Heading slot="title" level={2}>
            Show this head with its face
          </Heading>
          <p>
            Everybody with a link can render the face. Your name and your reason stay with the case
            and in the access log.
          </p>
          <Form onSubmit={(event) => void send(event)} className="dialog-form">
            <TextField className="field" autoFocus maxLength={80} value={name} onChange={setName}>
              <Label className="label">Your name</Label>
              <Input className="input" autoComplete="name" />
            </TextField>
            <TextField className="field" maxLength={500} value={reason} onChange={setReason}>
              <Label className="label">Why the face may be shown</Label>
              <Input
                className="input"
                autoComplete="off"
                placeholder="Patient has agreed in writing"
              />
            </TextField>
            {refusal && <p role="alert">{refusal}</p>}
            <div className="actions">
              <Button className="button plain" onPress={onDismiss}>
                Cancel
              </Button>
              <Button className="button primary" type="submit" isDisabled={!complete || sending}>
                I answer for it
              </Button>
            </div>
          </Form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
