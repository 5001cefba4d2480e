import { type ReactNode, useSyncExternalStore } from 'react'
import type { ConferenceView } from '../../conference/conference-view.ts'
import type { MediaSession, MediaView } from '../../media/media-session.ts'
import type { PictureStatus, Stage, StageStatus } from '../../scene/stage.ts'
import { placeWords } from '../../slices/patient-words.ts'
import { percent } from '../common/format.ts'
import { leadingWords } from './leading.ts'
import { PictureFacts } from './picture-facts.tsx'
import { useMediaPart } from './use-media.ts'

/** The state of everything in one line of words. */
export function StatusLine(props: {
  view: ConferenceView
  stage: Stage | undefined
  media: MediaSession
  wide: boolean
  /** What is pressed in this line; none on a phone. */
  controls: ReactNode
}) {
  const { view, stage, media, wide, controls } = props
  const status = useStageStatus(stage)
  const line = useMediaPart(media, (now) => now.line)
  const watches = useMediaPart(media, (now) => now.needsView !== undefined)
  const follows = !view.me.presents && view.presenterId !== ''
  const picture = status?.picture
  const before = [
    leadingWords(view),
    follows && (view.me.role === 'observer' ? 'you watch' : 'you follow'),
    speakerWords(view),
  ].filter(Boolean)
  const after = [
    wide && picture?.frameMs !== undefined && `${Math.round(picture.frameMs)} ms`,
    wide && status?.probe && placeWords(status.probe.pointMm),
    lineWords[line.state],
    linkWords[view.link.state],
  ].filter(Boolean)
  const words = pictureWords(picture, watches)
  return (
    <footer className="status figures">
      <span data-testid="status">
        {before.map((part) => `${part} · `)}
        {picture ? (
          <PictureFacts words={words} picture={picture} renderMode={view.renderMode} />
        ) : (
          words
        )}
        {after.map((part) => ` · ${part}`)}
      </span>
      {controls}
    </footer>
  )
}

const linkWords: Record<ConferenceView['link']['state'], string> = {
  connecting: 'connecting',
  connected: 'connected',
  reconnecting: 'reconnecting',
  ended: 'not connected',
}

const lineWords: Record<MediaView['line']['state'], string> = {
  connecting: '',
  connected: '',
  lost: 'sound is coming back',
  unavailable: 'no sound',
}

/** Whom one hears; oneself needs no telling. */
export function speakerWords({ participants }: Pick<ConferenceView, 'participants'>): string {
  const names = participants
    .filter(({ speaking, isMe }) => speaking && !isMe)
    .map(({ displayName }) => displayName)
  if (names.length > 2) return `${names.length} people speak`
  return names.length > 0 ? `${names.join(' and ')} ${names.length > 1 ? 'speak' : 'speaks'}` : ''
}

/** Without a picture of its own a page either opens one or watches somebody else's. */
export function pictureWords(picture: PictureStatus | undefined, watches = false): string {
  if (!picture) return watches ? 'a video of the volume' : 'opening the picture'
  const { state, levelDims, fraction, settled, resting, message } = picture
  const size = levelDims?.join('×')
  if (state === 'failed') return message ?? 'the picture could not be loaded'
  // where nothing has come yet the volume's own words say what it waits for
  if (state !== 'ready' && fraction === 0 && message) return message
  if (state === 'loading' || !size) return `loading ${percent(fraction)}`
  if (resting) return `${size}, out of sight`
  if (state === 'sharpening') return `${size}, sharpening ${percent(fraction)}`
  return settled ? `${size}, sharp` : `${size}, drawing finer`
}

const never = () => () => {}

export function useStageStatus(stage: Stage | undefined): StageStatus | undefined {
  return useSyncExternalStore(stage?.subscribe ?? never, () => stage?.getStatus())
}
