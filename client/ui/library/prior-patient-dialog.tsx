import { Button } from 'react-aria-components/Button'
import { Dialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import type { PriorCase } from '../../../shared/case/prior.ts'

/** Asked where what links a case to its prior may be another patient's as well; it is on record. */
export function PriorPatientDialog(props: {
  linkedBy: PriorCase['linkedBy']
  onDismiss: () => void
  onConfirm: () => void
}) {
  const { linkedBy, onDismiss, onConfirm } = props
  return (
    <ModalOverlay
      className="veil"
      isOpen
      isDismissable
      onOpenChange={(open) => !open && onDismiss()}
    >
      <Modal>
        <Dialog className="dialog" role="alertdialog" data-testid="same-patient">
          <Heading slot="title" level={2}>
            Same patient?
          </Heading>
          <p>
            {linkedBy === 'name'
              ? 'Both cases came without a patient identifier, under the same name and date of birth.'
              : 'Both cases came under the same patient identifier, without who issued it.'}{' '}
            Another patient may have the same. Your answer is on record.
          </p>
          <div className="actions">
            <Button className="button plain" slot="close" autoFocus>
              Do not compare
            </Button>
            <Button className="button primary" onPress={onConfirm}>
              It is the same patient
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
