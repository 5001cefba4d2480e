import { expect, it } from 'vitest'
import { budgetAt, FramePace, frameFacts } from './frame-pace.ts'

const picture = {
  state: 'ready',
  levelDims: [256, 256, 135],
  fraction: 1,
  frameMs: undefined,
  settled: true,
} as const

it('[XR-5] the facts of a frame in words', () => {
  expect(frameFacts(11.1, picture)).toBe('11 ms · 256³ · full')
  expect(frameFacts(14, { ...picture, pixelScale: 0.5 })).toBe('14 ms · 256³ · 50 % of pixels')
  expect(frameFacts(14, { ...picture, stepVoxels: 2 })).toBe('14 ms · 256³ · step 2')
  expect(frameFacts(undefined, undefined)).toBe('')
})

it('[XR-5] a frame’s time is the median, whatever one hitch or a pause took', () => {
  const pace = new FramePace()
  let ms = 0
  for (const span of [11, 11, 90, 11, 5000, 11, 12]) {
    ms += span
    pace.tick(ms)
  }
  expect(pace.frameMs).toBe(11)
})

it('[XR-5] a faster display leaves the volume less of a frame', () => {
  expect(budgetAt(72)).toBeCloseTo(9, 0)
  expect(budgetAt(120)).toBeCloseTo(5.4, 1)
})
