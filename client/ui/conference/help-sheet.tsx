import { Button } from 'react-aria-components/Button'
import { Dialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { toolEntries } from './tools.ts'

const keys: readonly (readonly [keys: string, does: string])[] = [
  ...toolEntries.map(({ key, name, does }) => [key, `${name}: ${does.toLowerCase()}`] as const),
  ['Esc', 'Back to Turn'],
  ['Ctrl+Z', 'Take back your last mark'],
  ['Ctrl+Shift+Z', 'Put it back'],
  ['0', 'Your camera to where it began'],
  ['H', 'Raise or lower your hand'],
  ['?', 'This sheet'],
]

const onTheVolume: readonly (readonly [string, string])[] = [
  ['Drag', 'Does what the chosen tool does'],
  ['Alt + drag', 'Look around with your own camera'],
  ['Right drag', 'Window: across for width, up and down for centre'],
  ['Middle drag', 'Shift your own view'],
  ['Wheel, + and −', 'Come nearer, go away'],
  ['Arrow keys', 'As a drag would; with Alt your own camera; Shift for more'],
  ['Enter', 'As a press at the pointer the arrows moved'],
  ['Two fingers', 'Pinch to come nearer, drag to shift'],
]

export function HelpSheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <ModalOverlay
      className="veil"
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => !open && onClose()}
    >
      <Modal>
        <Dialog className="dialog wide help">
          <Heading slot="title" level={2}>
            Keys and gestures
          </Heading>
          <div className="help-columns">
            <KeyTable name="Keys" rows={keys} />
            <KeyTable name="On the volume" rows={onTheVolume} />
          </div>
          <p className="quiet">
            Your camera is yours: nobody moves it. What the leader does to the volume, everybody
            sees. Caseroom is not for diagnosis.
          </p>
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

function KeyTable(props: { name: string; rows: readonly (readonly [string, string])[] }) {
  return (
    <section aria-label={props.name}>
      <h3 className="label">{props.name}</h3>
      <dl className="key-table">
        {props.rows.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd className="keys">{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
