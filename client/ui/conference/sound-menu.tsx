import { ChevronUp } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { Popover } from 'react-aria-components/Popover'
import type { MediaSession } from '../../media/media-session.ts'
import { SoundChoice } from './sound-choice.tsx'

const name = 'Microphone and speaker'

/** Beside the microphone on a desk. */
export function SoundMenu({ media }: { media: MediaSession }) {
  return (
    <DialogTrigger>
      <Button className="button plain icon-only bar-button" aria-label={name} data-testid="sound">
        <ChevronUp className="icon" aria-hidden />
      </Button>
      <Popover placement="top end">
        <Dialog className="sound-popover" aria-label={name}>
          <SoundChoice media={media} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

/** The same where there is no room beside the microphone. */
export function SoundDialog(props: { media: MediaSession; isOpen: boolean; onClose: () => void }) {
  const { media, isOpen, onClose } = props
  return (
    <ModalOverlay
      className="veil"
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => !open && onClose()}
    >
      <Modal>
        <Dialog className="dialog">
          <Heading slot="title" level={2}>
            {name}
          </Heading>
          <SoundChoice media={media} />
          <div className="actions">
            <Button className="button" slot="close">
              Close
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
