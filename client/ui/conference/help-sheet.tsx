import { Button } from 'react-aria-components/Button'
import { Dialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components/Tabs'
import { actions, type Device } from '../../tools/actions.ts'

const devices: readonly (readonly [Device, string])[] = [
  ['key', 'Keys'],
  ['mouse', 'Mouse'],
  ['touch', 'Touch'],
  ['controller', 'Controllers'],
  ['hand', 'Bare hands'],
]

interface Row {
  readonly name: string
  readonly how: string
  readonly does: string
}

/** What a device does that is no action of its own. */
const besides: Readonly<Record<Device, readonly Row[]>> = {
  key: [
    { name: 'Larger steps', how: 'Shift and arrows', does: 'of whatever arrows do' },
    { name: 'Back to Turn', how: 'Esc', does: 'from any tool' },
    { name: 'Enter VR', how: 'E', does: 'where a headset is there' },
    { name: 'This sheet', how: '?', does: '' },
  ],
  mouse: [{ name: 'Read a place', how: 'Rest on tissue', does: 'in the patient’s millimetres' }],
  touch: [],
  controller: [
    { name: 'Menu', how: 'Look at your left wrist', does: 'or hold B or Y for half a second' },
  ],
  hand: [
    { name: 'Menu', how: 'Look at your left palm', does: 'then touch it, or point and pinch' },
  ],
}

/** Everything that can be done and how, one device at a time. */
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
          <Tabs className="help-tabs">
            <TabList className="tabs" aria-label="Device">
              {devices.map(([device, name]) => (
                <Tab key={device} id={device} className="tab">
                  {name}
                </Tab>
              ))}
            </TabList>
            {devices.map(([device]) => (
              <TabPanel key={device} id={device} className="help-panel">
                <dl className="help-table">
                  {rowsFor(device).map(({ name, how, does }) => (
                    <div key={name}>
                      <dt>
                        {name} <span className="quiet">{does}</span>
                      </dt>
                      <dd>{how}</dd>
                    </div>
                  ))}
                </dl>
              </TabPanel>
            ))}
          </Tabs>
          <p className="quiet">
            Your camera and your place are yours: nobody moves them. What the leader does to the
            volume, everybody sees. Caseroom is not for diagnosis.
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

function rowsFor(device: Device): readonly Row[] {
  const rows = actions.map(({ name, does, by }) => ({ name, does, how: by[device] }))
  return [...rows, ...besides[device]]
}
