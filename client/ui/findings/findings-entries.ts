import { keepKeyImage } from '../../api/findings.ts'
import { wordsFor } from '../../api/http.ts'
import type { ConferenceView } from '../../conference/conference-view.ts'
import type { Stage } from '../../scene/stage.ts'
import type { MenuEntry } from '../conference/top-bar.tsx'

/** What the conference's menu has for whoever will sign: keeping a picture, and the findings' page. */
export function findingsEntries(parts: {
  view: ConferenceView
  token: () => string
  /** Undefined where there is no flat picture, or nobody looks at it. */
  stage: Stage | undefined
  say: (text: string, tone: 'info' | 'danger') => void
}): MenuEntry[] {
  const { view, token, stage, say } = parts
  const { conferenceId } = view
  if (view.me.role !== 'attending') return []
  const drawn = stage?.getStatus().picture.levelDims !== undefined
  const keep = async (from: Stage) => {
    try {
      await keepKeyImage({ conferenceId, token: token() }, await from.view.still())
      say('This view is kept as a key image of the findings.', 'info')
    } catch (error) {
      say(`The view was not kept. ${wordsFor(error)}`, 'danger')
    }
  }
  return [
    {
      id: 'keep-view',
      testId: 'keep-view',
      name: 'Keep this view',
      isDisabled: !drawn,
      run: () => {
        if (stage) void keep(stage)
      },
    },
    {
      id: 'findings',
      testId: 'findings',
      name: 'Findings, in a new tab',
      // with an opener, so that the new tab knows whose seat it comes from
      run: () => void open(`/findings/${encodeURIComponent(conferenceId)}`, '_blank'),
    },
  ]
}
