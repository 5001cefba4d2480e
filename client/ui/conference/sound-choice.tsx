import { Check } from 'lucide-react'
import { Label } from 'react-aria-components/Label'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import type { Device, MediaSession } from '../../media/media-session.ts'
import { useMediaPart } from './use-media.ts'

/** Which microphone and which speaker; a refused microphone says here why, too. */
export function SoundChoice({ media }: { media: MediaSession }) {
  const microphone = useMediaPart(media, (view) => view.microphone)
  const microphones = useMediaPart(media, (view) => view.microphones)
  const speakers = useMediaPart(media, (view) => view.speakers)
  const microphoneId = useMediaPart(media, (view) => view.microphoneId)
  const speakerId = useMediaPart(media, (view) => view.speakerId)
  return (
    <div className="sound-choice">
      {microphone.state === 'refused' && <p className="sound-refused">{microphone.message}</p>}
      {microphone.state !== 'not-allowed' && (
        <DeviceList
          name="Microphone"
          devices={microphones}
          chosen={microphoneId}
          onChoose={(deviceId) => media.chooseMicrophone(deviceId)}
        />
      )}
      <DeviceList
        name="Speaker"
        devices={speakers}
        chosen={speakerId}
        onChoose={(deviceId) => media.chooseSpeaker(deviceId)}
      />
    </div>
  )
}

const automatic: Device = { deviceId: 'default', label: 'As the system chooses' }

/** Nameless devices are those of a page that has not been let listen yet: nothing to choose from. */
function DeviceList(props: {
  name: string
  devices: readonly Device[]
  chosen: string
  onChoose: (deviceId: string) => void
}) {
  const { name, devices, chosen, onChoose } = props
  const named = devices.filter(({ deviceId, label }) => label && deviceId !== 'default')
  const known = named.some(({ deviceId }) => deviceId === chosen)
  return (
    <section>
      <Label className="label">{name}</Label>
      <ListBox
        className="sound-devices"
        aria-label={name}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[known ? chosen : automatic.deviceId]}
        onSelectionChange={(keys) => {
          const [deviceId] = [...keys]
          if (deviceId) onChoose(deviceId === automatic.deviceId ? '' : `${deviceId}`)
        }}
      >
        {[automatic, ...named].map(({ deviceId, label }) => (
          <ListBoxItem key={deviceId} id={deviceId} className="option" textValue={label}>
            {({ isSelected }) => (
              <>
                <span className="sound-device">{label}</span>
                {isSelected && <Check className="icon" aria-hidden />}
              </>
            )}
          </ListBoxItem>
        ))}
      </ListBox>
    </section>
  )
}
