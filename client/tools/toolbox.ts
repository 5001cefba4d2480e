import type { PointerAt, StageSpace, Toolbox } from '../scene/stage-space.ts'
import type { ToolId } from '../scene/tool-id.ts'
import { cropHandle } from './crop.ts'
import { Keys } from './keys.ts'
import { orbit, pan } from './orbit.ts'
import { Pinch } from './pinch.ts'
import type { Stroke } from './tool.ts'
import { tools } from './tool-table.ts'

const wheelStep = 1.0012

/**
 * Pointers on the canvas: the first presses with the active tool; with Alt it goes around by one's
 * own camera, the middle button shifts that camera, the right one sets the window; two fingers
 * come nearer, go away, and shift.
 */
export function createToolbox(space: StageSpace, surface: HTMLElement): Toolbox {
  let active: ToolId = 'turn'
  const down = new Map<number, PointerAt>()
  let stroke: { pointerId: number; stroke: Stroke; wentOn: boolean } | undefined
  /** Goes on without a press until the next one. */
  let begun: Stroke | undefined
  let pinch: Pinch | undefined
  const keys = new Keys(space, () => tools[active])
  const listening = new AbortController()
  const { signal } = listening

  const at = (event: PointerEvent): PointerAt => {
    const { left, top } = surface.getBoundingClientRect()
    return { x: event.clientX - left, y: event.clientY - top }
  }
  const begin = (event: PointerEvent): void => {
    const from = at(event)
    const { pointerId } = event
    const starts = (made: Stroke | undefined) => {
      if (made) stroke = { pointerId, stroke: made, wentOn: false }
    }
    if (event.button === 1) starts(pan(space, from))
    else if (event.button === 2) starts(tools.window.begin(space, from))
    else if (event.altKey) starts(orbit(space, from))
    else if (begun) {
      stroke = { pointerId, stroke: begun, wentOn: true }
      begun = undefined
      stroke.stroke.move(from)
    } else {
      starts(cropHandle(space, from, event.pointerType) ?? tools[active].begin(space, from))
    }
  }
  const drop = () => {
    stroke?.stroke.cancel()
    stroke = undefined
    begun?.cancel()
    begun = undefined
  }
  /** Two fingers look from elsewhere at what one of them has begun. */
  const lookElsewhere = () => {
    if (stroke?.wentOn) begun = stroke.stroke
    else stroke?.stroke.cancel()
    stroke = undefined
  }

  surface.addEventListener(
    'pointerdown',
    (event) => {
      surface.setPointerCapture(event.pointerId)
      surface.focus({ preventScroll: true })
      keys.drop()
      down.set(event.pointerId, at(event))
      if (down.size === 2 && event.pointerType === 'touch') {
        lookElsewhere()
        pinch = new Pinch(space, [...down.values()])
      } else if (down.size === 1) {
        begin(event)
      }
    },
    { signal },
  )
  surface.addEventListener(
    'pointermove',
    (event) => {
      const to = at(event)
      if (down.has(event.pointerId)) down.set(event.pointerId, to)
      if (pinch) pinch.move([...down.values()])
      else if (stroke?.pointerId === event.pointerId) stroke.stroke.move(to)
      else if (down.size === 0) {
        if (begun) begun.move(to)
        else tools[active].hover?.(space, to)
        space.probe(space.firstVisible(space.patientRay(to.x, to.y)))
      }
    },
    { signal },
  )
  const up = (event: PointerEvent, how: 'end' | 'cancel') => {
    down.delete(event.pointerId)
    if (down.size < 2) pinch = undefined
    if (stroke?.pointerId !== event.pointerId) return
    const ended = stroke.stroke
    stroke = undefined
    const next = how === 'end' ? ended.onward?.(at(event)) : undefined
    if (next) begun = next
    else if (how === 'end') ended.end(at(event))
    else ended.cancel()
  }
  surface.addEventListener('pointerup', (event) => up(event, 'end'), { signal })
  surface.addEventListener('pointercancel', (event) => up(event, 'cancel'), { signal })
  surface.addEventListener(
    'pointerleave',
    () => {
      if (down.size > 0) return
      tools[active].away?.(space)
      space.probe(undefined)
    },
    { signal },
  )
  surface.addEventListener('contextmenu', (event) => event.preventDefault(), { signal })
  surface.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault()
      space.camera.dolly(wheelStep ** event.deltaY)
    },
    { signal, passive: false },
  )
  const leave = () => {
    keys.drop()
    tools[active].away?.(space)
    space.probe(undefined)
  }
  surface.addEventListener('blur', leave, { signal })
  surface.addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Escape') {
        drop()
        keys.drop()
      } else if (keys.press(event)) event.preventDefault()
    },
    { signal },
  )

  return {
    get tool() {
      return active
    },
    setTool(tool) {
      if (tool === active) return
      drop()
      leave()
      active = tool
    },
    drop,
    dispose() {
      drop()
      leave()
      listening.abort()
    },
  }
}
