import { Button } from 'react-aria-components/Button'
import { Dialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'

export function CloseDialog(props: {
  isOpen: boolean
  onDismiss: () => void
  onClose: () => void
}) {
  const { isOpen, onDismiss, onClose } = props
  return (
    <ModalOverlay
      className="veil"
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => !open && onDismiss()}
    >
      <Modal>
        <Dialog className="dialog" role="alertdialog">
          <Heading slot="title" level={2}>
            Close the conference for everybody?
          </Heading>
          <p>It cannot be opened again. Its marks stay in the record.</p>
          <div className="actions">
            <Button className="button plain" slot="close" autoFocus>
              Keep it open
            </Button>
            <Button className="button danger" onPress={onClose} data-testid="close-conference">
              Close for everybody
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
