import { dot, subtract } from '../../shared/geometry/vector.ts'
import { sideLetters } from './paint-words.ts'
import type { CutState, PaneCuts } from './pane-cuts.ts'
import { type PaneFrame, volumeBox } from './pane-frame.ts'
import { offsetWords } from './patient-words.ts'
import type { StationNow } from './slice-station.ts'
import type { SliceSteps } from './slice-steps.ts'

/** What a pane says of itself. */
export interface PaneStatus {
  readonly state: CutState
  /** Why the slice is not what it should be; else ''. */
  readonly failure: string
  /** Where the slice lies: "H 23.4 mm"; of the oblique one, from the middle of the volume. */
  readonly place: string
  readonly index: number
  readonly count: number
  readonly letters: ReturnType<typeof sideLetters>
  /** Neither zoomed nor shifted. */
  readonly whole: boolean
}

export function paneStatus(parts: {
  oblique: boolean
  now: StationNow
  frame: PaneFrame
  steps: SliceSteps
  cuts: PaneCuts
  whole: boolean
}): PaneStatus {
  const { oblique, now, frame, steps, cuts, whole } = parts
  const { onward } = frame.axes
  const from = oblique && now.volume ? volumeBox(now.volume).centreMm : ([0, 0, 0] as const)
  return {
    state: cuts.state(steps.mm),
    failure: failureWords(cuts.failure),
    place: offsetWords(onward, dot(onward, subtract(now.crosshairMm, from))),
    index: steps.indexOf(now.crosshairMm),
    count: steps.count,
    letters: sideLetters(frame),
    whole,
  }
}

function failureWords(failure: PaneCuts['failure']): string {
  if (!failure) return ''
  const what = failure.coarse ? 'This slice stays coarse.' : 'This slice could not be loaded.'
  return `${what} ${failure.message}`
}
