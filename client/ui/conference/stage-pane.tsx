import { useEffect, useRef } from 'react'
import type { CaseDetails } from '../../../shared/case/case.ts'
import type { PoseSample } from '../../../shared/protocol/pose-sample.ts'
import type { ConferenceSession, Notice } from '../../conference/conference-session.ts'
import type { MediaSession } from '../../media/media-session.ts'
import type { Stage, StageOptions } from '../../scene/stage.ts'
import type { VoxelsOf } from '../station/use-voxels.ts'

export type DraftPlane = (
  plane: NonNullable<PoseSample['plane']>,
  settled?: Promise<unknown>,
) => void

/** Made by the composition root: the page itself knows no renderer. */
export type OpenStage = (
  options: Omit<StageOptions, 'toolbox' | 'immersion'> & { media: MediaSession },
) => Promise<Stage>

/**
 * The 3D pane: one canvas, the words laid over it, and one stage for as long as it is there. Where
 * none can be opened the media are told that this device needs somebody else's view.
 */
export function StagePane(props: {
  session: ConferenceSession
  media: MediaSession
  details: CaseDetails
  openStage: OpenStage
  voxelsOf: VoxelsOf
  say: (text: string, tone: Notice['tone']) => void
  askForText: () => Promise<string | undefined>
  onStage: (stage: Stage | undefined) => void
  /** Fills the stage with this pane. */
  onFill: () => void
}) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const overlay = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  latest.current = props
  const { session, details } = props

  useEffect(() => {
    if (!canvas.current || !overlay.current) return
    const { openStage, voxelsOf, say, askForText, onStage } = latest.current
    let gone = false
    let stage: Stage | undefined
    const opening = openStage({
      canvas: canvas.current,
      overlay: overlay.current,
      session,
      media: latest.current.media,
      voxelsOf,
      volumes: details.volumes,
      onNotice: say,
    })
    opening.then(
      (opened) => {
        if (gone) return opened.dispose()
        stage = opened
        opened.onTextWanted(askForText)
        onStage(opened)
      },
      (error: unknown) => latest.current.media.needView(failureWords(error)),
    )
    return () => {
      gone = true
      stage?.dispose()
      onStage(undefined)
    }
  }, [session, details])

  return (
    <div className="stage-pane">
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: keys act on it, as in an application */}
      <canvas
        ref={canvas}
        className="stage-canvas"
        data-testid="volume"
        tabIndex={0}
        onDoubleClick={() => latest.current.onFill()}
        role="application"
        aria-label="The volume. Arrow keys act as a drag with the chosen tool; press ? for all keys."
      />
      <div ref={overlay} className="stage-overlay" />
    </div>
  )
}

/** A stage refuses with an error that has a name of its own and words for the person. */
function failureWords(error: unknown): string {
  if (error instanceof Error && error.name === 'NoGraphicsError') return error.message
  return 'The picture could not be opened. Reload the page to try again.'
}
