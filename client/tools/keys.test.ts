import { afterEach, beforeEach, expect, it } from 'vitest'
import { heldSpace } from '../../test/support/held-space.ts'
import { Keys } from './keys.ts'
import type { Tool } from './tool.ts'
import { tools } from './tool-table.ts'

let held: ReturnType<typeof heldSpace>
let tool: Tool
let keys: Keys

beforeEach(() => {
  held = heldSpace()
  tool = tools.turn
  keys = new Keys(held.space, () => tool)
})
afterEach(() => held.dispose())

const press = (key: string) =>
  keys.press({ key, altKey: false, shiftKey: false, ctrlKey: false, metaKey: false })

it('[XR-2] ten presses before any answer are ten steps', async () => {
  for (let n = 0; n < 10; n++) press('ArrowRight')
  const angles = held.asked.map((asked) =>
    asked.type === 'setVolumePose' ? 2 * Math.asin(asked.rotation[1]) : Number.NaN,
  )
  for (const [n, angle] of angles.entries()) expect(angle).toBeCloseTo(12 * 0.008 * (n + 1), 6)
  expect(angles).toHaveLength(10)
})

it('[XR-2] windows and planes step on without waiting too', () => {
  tool = tools.window
  for (let n = 0; n < 3; n++) press('ArrowDown')
  const centres = held.asked.map((asked) => asked.type === 'setWindow' && asked.windowCenter)
  expect(new Set(centres).size).toBe(3)
  tool = tools.clip
  for (let n = 0; n < 3; n++) press('ArrowDown')
  const offsets = held.asked
    .slice(3)
    .map((asked) => (asked.type === 'setClippingPlane' ? asked.offsetMm : Number.NaN))
  const [a = 0, b = 0, c = 0] = offsets
  expect(b - a).toBeGreaterThan(0)
  expect(c - b).toBeCloseTo(b - a, 9)
})

it('[XR-3] the size steps up and down by arrows, and stays one that can be seen', () => {
  tool = tools.scale
  press('ArrowUp')
  press('ArrowDown')
  const scales = held.asked.map((asked) => (asked.type === 'setVolumePose' ? asked.scale : 0))
  expect(scales[0]).toBeCloseTo(1.5 ** 0.12, 9)
  expect(scales[1]).toBeCloseTo(1, 9)
  const stroke = tool.begin(held.space, { x: 0, y: 0 })
  stroke?.end({ x: 0, y: -1e6 })
  expect(held.asked.at(-1)).toMatchObject({ type: 'setVolumePose', scale: 50 })
})

it('[XR-2] a narrow window steps on too: no step rounds to nothing', () => {
  tool = tools.window
  void held.space.session.command({ type: 'setWindow', windowCenter: 5, windowWidth: 2 })
  for (let n = 0; n < 3; n++) press('ArrowDown')
  const centres = held.asked
    .slice(1)
    .map((asked) => (asked.type === 'setWindow' ? asked.windowCenter : Number.NaN))
  expect(centres).toEqual([5.08, 5.16, 5.24])
})

it('a drag goes on while earlier steps are answered', async () => {
  press('ArrowRight')
  press('ArrowRight')
  const stroke = tool.begin(held.space, { x: 100, y: 100 })
  stroke?.move({ x: 200, y: 100 })
  const during = held.space.shown().pose
  const told = held.shown.length
  await held.answer()
  await held.answer()
  expect(held.space.shown().pose).toBe(during)
  expect(held.shown).toHaveLength(told)
  stroke?.end({ x: 200, y: 100 })
  await held.answer()
  expect(held.shown.at(-1)).toEqual({})
  expect(held.asked).toHaveLength(3)
})

it('[XR-2] the pointer that arrows move is drawn where Enter will press, and stays in the pane', () => {
  tool = tools.point
  press('ArrowRight')
  press('ArrowUp')
  expect(held.cursor.at(-1)).toEqual({ x: 412, y: 288 })
  press('Enter')
  expect(held.asked).toMatchObject([{ type: 'addAnnotation', kind: 'point' }])
  for (let n = 0; n < 60; n++) press('ArrowLeft')
  expect(held.cursor.at(-1)).toEqual({ x: 0, y: 288 })
  keys.drop()
  expect(held.cursor.at(-1)).toBeUndefined()
})

it('[XR-2] Enter without an arrow before it shows where it presses: the middle', () => {
  tool = tools.arrow
  press('Enter')
  expect(held.cursor.at(-1)).toEqual({ x: 400, y: 300 })
  press('ArrowRight')
  press('Enter')
  expect(held.asked).toMatchObject([{ type: 'addAnnotation', kind: 'arrow' }])
})

it('tools that drag by arrows have no pointer', () => {
  press('ArrowRight')
  press('Enter')
  expect(held.cursor).toEqual([])
})
