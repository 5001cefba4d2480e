import { useEffect } from 'react'
import { mayShareView } from '../../../shared/conference/permissions.ts'
import type { ConferenceView } from '../../conference/conference-view.ts'
import type { MediaSession } from '../../media/media-session.ts'
import type { Stage } from '../../scene/stage.ts'
import { useStageStatus } from './status-line.tsx'
import { useMediaPart } from './use-media.ts'

export interface Sharing {
  readonly sharing: boolean
  readonly may: boolean
  /** There is a picture to share. */
  readonly ready: boolean
  readonly toggle: () => void
}

/** Shows this page's picture by a press, or by itself where somebody needs it; and asks for one where it cannot draw. */
export function useSharing(
  media: MediaSession,
  view: ConferenceView,
  stage: Stage | undefined,
): Sharing {
  const sharing = useMediaPart(media, (now) => now.sharing)
  const picture = useStageStatus(stage)?.picture
  // a coarser level that is on screen is more than a video of a finer one
  const failed = picture?.state === 'failed' && !picture.levelDims
  const why = failed ? (picture.message ?? '') : undefined
  useEffect(() => {
    if (stage) media.needView(why)
  }, [media, stage, why])
  useEffect(() => {
    media.offerView(failed ? undefined : stage?.view)
    return () => media.offerView(undefined)
  }, [media, stage, failed])
  const may = mayShareView(view.me)
  const ready = stage !== undefined && !failed
  const toggle = () => {
    if (sharing) media.shareView(undefined)
    else if (may && ready) media.shareView(stage.view)
  }
  return { sharing, may, ready, toggle }
}
