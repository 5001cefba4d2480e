import { expect, it } from 'vitest'
import { StickScroll } from './stick-scroll.ts'

/** Slices gone through in frames of 72 a second. */
function pushed(stick: StickScroll, y: number, forMs: number, fromMs = 0): number {
  let gone = 0
  for (let ms = fromMs; ms <= fromMs + forMs; ms += 1000 / 72) gone += stick.frame(y, true, ms)
  return gone
}

it('[CASE-4] one push is one slice, towards the wearer is on', () => {
  const stick = new StickScroll()
  expect(pushed(stick, 0.8, 300)).toBe(1)
  expect(stick.scrolls).toBe(true)
  expect(stick.frame(0, true, 400)).toBe(0)
  expect(stick.scrolls).toBe(false)
  expect(pushed(stick, -0.8, 300, 500)).toBe(-1)
})

it('[CASE-4] held, it goes on, faster the further it is pushed', () => {
  const slow = pushed(new StickScroll(), 0.6, 1350)
  const fast = pushed(new StickScroll(), 1, 1350)
  expect(slow).toBeGreaterThan(3)
  expect(slow).toBeLessThan(9)
  expect(fast).toBeGreaterThan(22)
  expect(fast).toBeLessThan(33)
})

it('[XR-4] what was pushed elsewhere scrolls nothing when it comes by', () => {
  const stick = new StickScroll()
  expect(stick.frame(-1, false, 0)).toBe(0)
  expect(stick.frame(-1, true, 20)).toBe(0)
  expect(stick.frame(0, true, 40)).toBe(0)
  expect(stick.frame(-1, true, 60)).toBe(-1)
})
