import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Speaking } from './speaking.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function watched() {
  const told: string[] = []
  const speaking = new Speaking((id, on) => told.push(`${id} ${on ? 'on' : 'off'}`), 900)
  return { told, speaking }
}

it('[AV-1] the mark of somebody who speaks does not flicker at a breath', () => {
  const { told, speaking } = watched()
  speaking.heard('a')
  for (let n = 0; n < 5; n++) {
    vi.advanceTimersByTime(800)
    speaking.heard('a')
  }
  expect(told).toEqual(['a on'])
  vi.advanceTimersByTime(899)
  expect(told).toEqual(['a on'])
  vi.advanceTimersByTime(1)
  expect(told).toEqual(['a on', 'a off'])
})

it('[AV-1] a closed microphone puts its own mark out at once, and no other', () => {
  const { told, speaking } = watched()
  speaking.heard('a')
  speaking.heard('b')
  speaking.silenced('a')
  speaking.silenced('a')
  expect(told).toEqual(['a on', 'b on', 'a off'])
  speaking.close()
  vi.advanceTimersByTime(10_000)
  expect(told).toEqual(['a on', 'b on', 'a off', 'b off'])
})
