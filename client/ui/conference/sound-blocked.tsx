import { Volume2 } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import type { MediaSession } from '../../media/media-session.ts'
import { useMediaPart } from './use-media.ts'

/** Browsers play nothing before a press: here is one. */
export function SoundBlocked({ media }: { media: MediaSession }) {
  const blocked = useMediaPart(media, (view) => view.soundBlocked)
  if (!blocked) return null
  return (
    <div className="sound-blocked">
      <Button className="button primary" data-testid="hear" onPress={() => media.playSound()}>
        <Volume2 className="icon" aria-hidden />
        Press to hear the others
      </Button>
    </div>
  )
}
