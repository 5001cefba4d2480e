import { Maximize2, Minimize2, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Button } from 'react-aria-components/Button'
import type { ConferenceView } from '../../conference/conference-view.ts'
import type { MediaSession } from '../../media/media-session.ts'
import { IconButton } from '../common/icon-button.tsx'
import { useMediaPart } from './use-media.ts'

/** In the panel's head, as an inset over the stage, or all of the stage. */
export type ViewPlace = 'panel' | 'inset' | 'stage'

export function viewPlace(now: {
  needsView: boolean
  viewLarge: boolean
  inPanel: boolean
}): ViewPlace {
  if (now.needsView || now.viewLarge) return 'stage'
  return now.inPanel ? 'panel' : 'inset'
}

/** A picture that stands still looks as one that is alive. */
export const viewOfAway = (name: string) => `${name} is away; their view may stand still.`

/** What somebody shows of their volume, as video; put away it can be had again. */
export function AttendingView(props: {
  media: MediaSession
  view: ConferenceView
  place: ViewPlace
  large: boolean
  onLarge: (large: boolean) => void
}) {
  const { media, view, place, large, onLarge } = props
  const shown = useMediaPart(media, ({ view: shown }) => shown)
  const watching = useMediaPart(media, (now) => now.watching)
  const needed = useMediaPart(media, ({ needsView }) => needsView !== undefined)
  if (!shown) return null
  const person = view.participants.find((p) => p.participantId === shown.participantId)
  const name = `${person?.displayName ?? 'Somebody'}’s view`
  if (!watching) {
    return (
      <div className="attending-view-away" data-place={place}>
        <Button className="button" data-testid="watch-view" onPress={() => media.watchView(true)}>
          Watch {name}
        </Button>
      </div>
    )
  }
  return (
    <figure className="attending-view" data-place={place} data-needed={needed || undefined}>
      {shown.stream ? (
        <Video stream={shown.stream} name={name} onWidth={(px) => media.showViewAt(px)} />
      ) : (
        <p className="quiet attending-view-waits">{name} is coming…</p>
      )}
      {person?.away && !needed && (
        <p className="attending-view-still" role="status">
          {viewOfAway(person.displayName)}
        </p>
      )}
      <figcaption>
        <span className="attending-view-name">{name}</span>
        {!needed && (
          <>
            <IconButton
              icon={large ? Minimize2 : Maximize2}
              name={large ? 'Make the view smaller' : 'Make the view larger'}
              onPress={() => onLarge(!large)}
            />
            <IconButton
              icon={X}
              name="Put the view away"
              testId="put-view-away"
              onPress={() => {
                onLarge(false)
                media.watchView(false)
              }}
            />
          </>
        )}
      </figcaption>
    </figure>
  )
}

function Video(props: { stream: MediaStream; name: string; onWidth: (devicePx: number) => void }) {
  const { stream, name, onWidth } = props
  const video = useRef<HTMLVideoElement>(null)
  const tell = useRef(onWidth)
  tell.current = onWidth
  useEffect(() => {
    if (video.current) video.current.srcObject = stream
  }, [stream])
  useEffect(() => {
    if (!video.current) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry) tell.current(entry.contentRect.width * devicePixelRatio)
    })
    observer.observe(video.current)
    return () => observer.disconnect()
  }, [])
  return (
    <video ref={video} data-testid="attending-view" aria-label={name} autoPlay playsInline muted />
  )
}
