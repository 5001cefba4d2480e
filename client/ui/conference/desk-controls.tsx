import type { MediaSession } from '../../media/media-session.ts'
import type { ImmersionState } from '../../scene/immersion.ts'
import { EnterVrButton } from './enter-vr-button.tsx'
import { MicrophoneButton } from './microphone-button.tsx'
import { ShareViewButton } from './share-view-button.tsx'
import { SoundMenu } from './sound-menu.tsx'
import type { Sharing } from './use-sharing.ts'

/** The desk's lower right: voice, view and headset. */
export function DeskControls(props: {
  media: MediaSession
  sharing: Sharing
  immersion: ImmersionState
  onVr: () => void
}) {
  const { media, sharing, immersion, onVr } = props
  return (
    <div className="desk-controls">
      {sharing.may && (
        <ShareViewButton
          sharing={sharing.sharing}
          isDisabled={!sharing.ready}
          onPress={sharing.toggle}
        />
      )}
      <MicrophoneButton media={media} place="bar" />
      <SoundMenu media={media} />
      <EnterVrButton immersion={immersion} place="bar" onPress={onVr} />
    </div>
  )
}
