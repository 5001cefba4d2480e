import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { angleDegrees, distance } from '../../../shared/geometry/measure.ts'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { add, normalize, scale } from '../../../shared/geometry/vector.ts'
import { handAt, heldRoom } from '../../../test/support/held-room.ts'
import type { Ray } from '../../scene/own-camera.ts'
import type { ToolId } from '../../scene/tool-id.ts'
import type { Side, XrHand } from '../hands/xr-hand.ts'
import { ToolHand } from './tool-hand.ts'

let room: ReturnType<typeof heldRoom>
let toolHand: ToolHand
let nowMs: number
beforeEach(() => {
  room = heldRoom()
  toolHand = new ToolHand(room.space)
  nowMs = 0
})
afterEach(() => room.dispose())

function frames(hands: readonly XrHand[], count = 1, busy: readonly Side[] = []): void {
  for (let n = 0; n < count; n++) {
    nowMs += 20
    toolHand.frame(hands, new Set(busy), nowMs)
  }
}
const from = [0.2, 1.2, -0.3] as const
const free = handAt('right', from)
const pressed = handAt('right', from, { trigger: true })
const at = (x: number, y: number, z: number, trigger = true) =>
  handAt('right', [x, y, z], { trigger })

/** A stroke from press to release. */
function stroke(tool: ToolId, ...through: XrHand[]): void {
  room.now.tool = tool
  frames([free])
  frames([pressed])
  for (const hand of through) frames([hand])
  const last = through.at(-1) ?? pressed
  frames([{ ...last, trigger: false }])
}

describe('from press to release', () => {
  it('[XR-2] a point is left where the ray meets tissue', () => {
    stroke('point')
    expect(room.asked).toMatchObject([
      { type: 'addAnnotation', kind: 'point', pointsMm: [[1, 2, 3]] },
    ])
  })

  it('[XR-2] an arrow’s tail is pulled out of the tissue by the hand', () => {
    stroke('arrow', at(0.3, 1.25, -0.3))
    expect(room.asked).toMatchObject([{ type: 'addAnnotation', kind: 'arrow' }])
    const [asked] = room.asked
    if (asked?.type !== 'addAnnotation') throw new Error('no mark')
    const [tail, head] = asked.pointsMm
    expect(head).toEqual([1, 2, 3])
    // 10 cm to the patient's left and 5 cm towards the head
    for (const [n, mm] of [101, 2, 53].entries()) expect(tail?.[n]).toBeCloseTo(mm, 6)
  })

  it('[XR-2] words are asked for, and none make no mark', async () => {
    stroke('text')
    await Promise.resolve()
    expect(room.asked).toEqual([])
    room.now.typed = ' Vessel '
    stroke('text')
    await Promise.resolve()
    expect(room.asked).toMatchObject([{ kind: 'text', text: 'Vessel', pointsMm: [[1, 2, 3]] }])
  })

  it('[CASE-2] a plane lies at the hand, keeps what it points at, and is one command', () => {
    stroke('clip', at(0.2, 1.2, -0.5), at(0.2, 1.2, -0.7))
    expect(room.asked).toHaveLength(1)
    const { patient } = room.space.host
    const [, y] = patient.toPatient([0.2, 1.2, -0.7])
    expect(room.asked[0]).toMatchObject({
      type: 'setClippingPlane',
      planeId: 'hand',
      normal: [0, expect.closeTo(1, 6), expect.closeTo(0, 6)],
      offsetMm: expect.closeTo(y, 6),
    })
    expect(room.shown.filter(({ plane }) => plane).length).toBeGreaterThan(1)
  })

  it('[CASE-3] 30 cm to the right double the window’s width, 15 mm up brighten it', () => {
    stroke('window', at(0.5, 1.215, -0.3))
    expect(room.asked).toEqual([{ type: 'setWindow', windowCenter: 20, windowWidth: 800 }])
  })

  it('[XR-3] from afar, the volume is moved on the ray, turned, and made larger', () => {
    stroke('move', at(0.3, 1.2, -0.3))
    expect(room.asked.at(-1)).toMatchObject({ position: [expect.closeTo(0.1, 9), 1.3, -0.8] })
    stroke('scale', at(0.2, 1.4, -0.3))
    expect(room.asked.at(-1)).toMatchObject({ scale: expect.closeTo(2, 9) })
    stroke('turn', at(0.3, 1.2, -0.3))
    expect(room.asked.at(-1)).toMatchObject({
      rotation: [0, expect.closeTo(Math.sin(0.4), 9), 0, expect.closeTo(Math.cos(0.4), 9)],
    })
    expect(room.asked).toHaveLength(3)
  })

  it('pointing aside moves the volume across where the hand points, not across the room', () => {
    room.now.tool = 'window'
    const direction = normalize([-1, 0, 0])
    const aside = (z: number, trigger: boolean) => ({
      ...handAt('right', [0, 1.2, z], { trigger }),
      ray: { origin: [0, 1.2, z], direction } as const,
    })
    frames([aside(0, false)])
    frames([aside(0, true)])
    frames([aside(-0.3, true)])
    frames([aside(-0.3, false)])
    expect(room.asked).toEqual([{ type: 'setWindow', windowCenter: 40, windowWidth: 800 }])
  })
})

describe('what breaks a stroke off', () => {
  it('a hand on a menu, or with the volume in it, begins none', () => {
    room.now.tool = 'point'
    frames([free])
    frames([pressed], 1, ['right'])
    frames([pressed])
    frames([free])
    expect(room.asked).toEqual([])
  })

  it('another tool, a hand that closes, and a hand that is lost leave nothing', () => {
    room.now.tool = 'clip'
    frames([free])
    frames([pressed])
    room.now.tool = 'laser'
    frames([pressed])
    frames([free])
    room.now.tool = 'clip'
    const bare = (squeeze: boolean) => ({ ...pressed, kind: 'hand', squeeze }) as const
    frames([bare(false)])
    frames([bare(true)])
    frames([free])
    frames([pressed])
    frames([{ ...pressed, grip: undefined, ray: undefined }], 40)
    frames([free])
    expect(room.asked).toEqual([])
    expect(room.shown.at(-1)?.plane).toBeUndefined()
  })

  it('gaze and pinch end with their source: that is the release', () => {
    room.now.tool = 'point'
    const gaze = { ...pressed, kind: 'gaze', grip: undefined } as const
    frames([gaze])
    frames([])
    expect(room.asked).toMatchObject([{ kind: 'point' }])
  })

  it('[ROLE-4] who may not is told, and nothing begins', () => {
    room.now.verdict = 'not-allowed'
    for (const tool of ['clip', 'window', 'turn', 'move', 'scale', 'point', 'text'] as const) {
      stroke(tool)
    }
    expect(room.said).toHaveLength(7)
    expect(room.asked).toEqual([])
  })
})

it('the left hand has the tool where it is the only one', () => {
  room.now.tool = 'point'
  const left = (trigger: boolean) => handAt('left', from, { trigger })
  frames([left(false), free])
  frames([left(true), free])
  expect(toolHand.strokes).toBe(false)
  frames([left(false)])
  frames([left(true)])
  expect(toolHand.strokes).toBe(true)
})

describe('[MARK-4] measuring on the tissue', () => {
  /** Tissue everywhere, 10 cm before the hand. */
  const tissueAhead = () =>
    Object.assign(room.space.host, {
      firstVisible: ({ origin, direction }: Ray): Vec3 => add(origin, scale(direction, 100)),
    })
  const marks = () => room.asked.filter(({ type }) => type === 'addAnnotation')

  it('a length by a pull, and by a press at each end', () => {
    tissueAhead()
    stroke('length', at(0.25, 1.2, -0.3))
    expect(marks()).toMatchObject([{ kind: 'length' }])
    stroke('length')
    expect(marks()).toHaveLength(1)
    expect(toolHand.strokes).toBe(false)
    frames([at(0.2, 1.26, -0.3, false)])
    frames([at(0.2, 1.26, -0.3)])
    frames([at(0.2, 1.26, -0.3, false)])
    expect(marks()).toHaveLength(2)
    const asked = marks().at(-1)
    if (asked?.type !== 'addAnnotation') throw new Error('no mark')
    const [a, b] = asked.pointsMm
    expect(distance(a ?? [0, 0, 0], b ?? [0, 0, 0])).toBeCloseTo(60, 6)
  })

  it('an angle by one arm and a press at the end of the other; another tool drops it', () => {
    tissueAhead()
    stroke('angle', at(0.25, 1.2, -0.3))
    expect(marks()).toHaveLength(0)
    room.now.tool = 'point'
    frames([free])
    room.now.tool = 'angle'
    frames([pressed])
    frames([at(0.25, 1.2, -0.3)])
    frames([at(0.25, 1.2, -0.3, false)])
    frames([at(0.25, 1.27, -0.3)])
    frames([at(0.25, 1.27, -0.3, false)])
    const [asked, ...others] = marks()
    if (asked?.type !== 'addAnnotation') throw new Error('no mark')
    const [a, vertex, b] = asked.pointsMm
    if (!a || !vertex || !b) throw new Error('not three points')
    expect(angleDegrees(a, vertex, b)).toBeCloseTo(90, 6)
    expect(others).toEqual([])
  })
})
