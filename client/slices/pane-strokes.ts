import { windowAfter } from '../tools/window-step.ts'
import { turnedInPane } from './paint-crosshair.ts'
import { panned } from './pane-frame.ts'
import type { SlicePane } from './slice-pane.ts'
import type { SliceAt, SliceStroke } from './slice-space.ts'
import { windowWords } from './window-words.ts'

/** What presses on a pane do by themselves, whatever the tool. */

/** The crosshair goes with the pointer, and with it the planes of the other panes. */
export function moveCrosshair(pane: SlicePane, from: SliceAt): SliceStroke | undefined {
  if (!pane.frame) return undefined
  const { station } = pane
  const before = station.getNow().crosshairMm
  const to = (at: SliceAt, how: 'passing' | 'lasting') => {
    if (pane.frame) station.move({ crosshairMm: pane.frame.pointAt(at) }, how)
    pane.restAt(at)
  }
  to(from, 'passing')
  return {
    move: (at) => to(at, 'passing'),
    end: (at) => to(at, 'lasting'),
    cancel: () => station.move({ crosshairMm: before }, 'lasting'),
  }
}

/** One's own look: nobody else's moves. */
export function panPane(pane: SlicePane, from: SliceAt): SliceStroke | undefined {
  const { frame, look } = pane
  if (!frame) return undefined
  const to = ({ x, y }: SliceAt) =>
    pane.setLook(panned(look, frame.mmPerPx, x - from.x, y - from.y))
  return { move: to, end: to, cancel: () => pane.setLook(look) }
}

/** Across widens, down raises the centre; everybody's, so whoever leads. */
export function dragWindow(pane: SlicePane, from: SliceAt): SliceStroke | undefined {
  const { station } = pane
  const { volume } = station.getNow()
  if (!volume) return undefined
  if (station.parts.session.may('setWindow') !== 'yes') {
    station.parts.say('Only the person who leads can change the window.')
    return undefined
  }
  const before = station.getNow().window
  const after = (at: SliceAt) => windowAfter(before, at.x - from.x, at.y - from.y)
  return {
    move: (at) => {
      const window = after(at)
      station.draftWindow(window)
      pane.readout.drag(windowWords(window, volume), at)
    },
    end: (at) => {
      pane.readout.clear()
      void station.keepWindow(after(at))
    },
    cancel: () => {
      pane.readout.clear()
      station.draftWindow(undefined)
    },
  }
}

/** The oblique plane turns about the crosshair, as its line in this pane is turned. */
export function turnOblique(pane: SlicePane, from: SliceAt): SliceStroke | undefined {
  const { frame, station } = pane
  if (!frame) return undefined
  const { slicing, crosshairMm } = station.getNow()
  const pivot = frame.placeOf(crosshairMm)
  const angle = ({ x, y }: SliceAt) => Math.atan2(y - pivot.y, x - pivot.x)
  const to = (at: SliceAt, how: 'passing' | 'lasting') => {
    const turn = angle(at) - angle(from)
    const obliqueRotation = turnedInPane(slicing.obliqueRotation, frame.axes, turn)
    station.move({ obliqueRotation }, how)
  }
  return {
    move: (at) => to(at, 'passing'),
    end: (at) => to(at, 'lasting'),
    cancel: () => station.move({ obliqueRotation: slicing.obliqueRotation }, 'lasting'),
  }
}
