import type { SliceAt, SliceStroke } from '../../slices/slice-space.ts'
import type { SliceStation } from '../../slices/slice-station.ts'
import { sliceTools } from '../../slices/tools/index.ts'
import { windowAfter } from '../../tools/window-step.ts'
import type { PanelPane } from './panel-pane.ts'
import { railIndex } from './slice-sheet.ts'

/** What a press on the slice begins: the active tool's stroke, or the crosshair goes along. */
export function sliceStroke(
  pane: PanelPane,
  station: SliceStation,
  at: SliceAt,
): SliceStroke | undefined {
  const { tool } = station.getNow()
  const marks = sliceTools[tool]
  const space = pane.space()
  if (marks) return space && marks.begin(space, at)
  return tool === 'window' ? windowStroke(station, at) : crosshairStroke(pane, station, at)
}

/** Goes to the slice that the rail shows at the hand's height. */
export function railStroke(pane: PanelPane, from: SliceAt): SliceStroke | undefined {
  const { status } = pane
  if (!status) return undefined
  const to = ({ y }: SliceAt, how: 'passing' | 'lasting') =>
    pane.scrollTo(railIndex(y, status.count), how)
  to(from, 'passing')
  return {
    move: (at) => to(at, 'passing'),
    end: (at) => to(at, 'lasting'),
    cancel: () => pane.scrollTo(status.index, 'lasting'),
  }
}

function crosshairStroke(pane: PanelPane, station: SliceStation, from: SliceAt): SliceStroke {
  const before = station.getNow().crosshairMm
  const to = (at: SliceAt, how: 'passing' | 'lasting') => {
    if (pane.frame) station.move({ crosshairMm: pane.frame.pointAt(at) }, how)
  }
  to(from, 'passing')
  return {
    move: (at) => to(at, 'passing'),
    end: (at) => to(at, 'lasting'),
    cancel: () => station.move({ crosshairMm: before }, 'lasting'),
  }
}

/** Across widens, down raises the centre; everybody's, so whoever leads. */
function windowStroke(station: SliceStation, from: SliceAt): SliceStroke | undefined {
  const { session, say } = station.parts
  if (session.may('setWindow') !== 'yes') {
    say('Only the person who leads can change the window.')
    return undefined
  }
  const before = station.getNow().window
  const after = (at: SliceAt) => windowAfter(before, at.x - from.x, at.y - from.y)
  return {
    move: (at) => station.draftWindow(after(at)),
    end: (at) => void station.keepWindow(after(at)),
    cancel: () => station.draftWindow(undefined),
  }
}
