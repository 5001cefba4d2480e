import { Mic, MicOff } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import type { MediaSession } from '../../media/media-session.ts'
import { Tip } from '../common/tip.tsx'
import { microphoneState, microphoneTip } from './microphone-words.ts'
import { useMediaPart } from './use-media.ts'

/** Pressed while the microphone is open; absent for who listens. */
export function MicrophoneButton(props: { media: MediaSession; place: 'bar' | 'dock' }) {
  const { media, place } = props
  const microphone = useMediaPart(media, (view) => view.microphone)
  const line = useMediaPart(media, (view) => view.line)
  if (microphone.state === 'not-allowed') return null
  const open = microphone.state === 'open'
  const Icon = open ? Mic : MicOff
  const word = microphoneState[microphone.state]
  return (
    <Tip text={microphoneTip(microphone, line)} keys="K" placement="top">
      <Button
        className={place === 'bar' ? 'button plain bar-button' : 'dock-button'}
        data-testid="microphone"
        data-state={microphone.state}
        aria-pressed={open}
        aria-keyshortcuts="K"
        onPress={() => media.toggleMicrophone()}
      >
        <Icon className="icon" aria-hidden />
        <span>{place === 'bar' ? `Microphone ${word}` : `Mic ${word}`}</span>
        {open && (
          <span className="voice-level" aria-hidden="true">
            <span style={{ scale: `${microphone.level} 1` }} />
          </span>
        )}
      </Button>
    </Tip>
  )
}
