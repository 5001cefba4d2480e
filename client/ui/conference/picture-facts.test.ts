import { expect, it } from 'vitest'
import { doingWords, type PictureDetails, pictureFacts } from './picture-facts.tsx'

const picture: PictureDetails = {
  state: 'ready',
  levelDims: [256, 256, 135],
  fraction: 1,
  frameMs: 18.04,
  settled: true,
}

it('says in a sentence what the picture is doing', () => {
  const words = (has: Partial<PictureDetails>) => doingWords({ ...picture, ...has })
  expect(words({})).toBe('At rest, as fine as the volume is.')
  expect(words({ settled: false })).toBe('The picture is being drawn finer.')
  expect(words({ settled: false, pixelScale: 0.5 })).toMatch(/fewer pixels to keep the pace/)
  expect(words({ state: 'sharpening', fraction: 0.629 })).toMatch(/finer level .* 62 % is here/)
  expect(words({ state: 'loading', fraction: 0.1 })).toMatch(/first level .* 10 % is here/)
  const message = 'No answer; trying again in 3 s'
  expect(words({ state: 'loading', fraction: 0, message })).toBe(message)
  expect(words({ state: 'failed', message: 'no graphics' })).toBe('no graphics')
})

it('gives figures with their units, and leaves away what it does not know', () => {
  expect(pictureFacts({ ...picture, levelDims: undefined, frameMs: undefined }, 'mip')).toEqual([
    ['Rendering', 'MIP'],
  ])
  const known = { stepVoxels: 1.25, pixelScale: 0.5, gpuBytes: 70_778_880, networkBytes: 0 }
  expect(pictureFacts({ ...picture, ...known }, 'composite')).toEqual([
    ['Rendering', 'Composite'],
    ['Frame time', '18.0 ms, 55 a second'],
    ['Level', '256 × 256 × 135 voxels'],
    ['Step', '1.25 voxels'],
    ['Resolution', '50 % of the pane’s, each way'],
    ['Graphics memory', '71 MB'],
    ['From the network', '0 B'],
  ])
})
