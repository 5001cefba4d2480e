import { expect, it } from 'vitest'
import type { ParticipantView } from '../../conference/conference-view.ts'
import { pictureWords, speakerWords } from './status-line.tsx'

it('says of the picture which level is on screen and how far the next one is', () => {
  const picture = {
    levelDims: [128, 128, 135],
    fraction: 0.629,
    frameMs: 18,
    settled: true,
  } as const
  expect(pictureWords({ ...picture, state: 'sharpening' })).toBe('128×128×135, sharpening 62 %')
  expect(pictureWords({ ...picture, state: 'ready' })).toBe('128×128×135, sharp')
  expect(pictureWords({ ...picture, state: 'ready', settled: false })).toBe(
    '128×128×135, drawing finer',
  )
  expect(pictureWords({ ...picture, levelDims: undefined, state: 'loading' })).toBe('loading 62 %')
  expect(pictureWords({ ...picture, state: 'ready', settled: false, resting: true })).toBe(
    '128×128×135, out of sight',
  )
  const retrying = { ...picture, fraction: 0, message: 'No answer; trying again in 3 s' }
  expect(pictureWords({ ...retrying, state: 'loading' })).toBe('No answer; trying again in 3 s')
  expect(pictureWords({ ...retrying, state: 'sharpening' })).toBe('No answer; trying again in 3 s')
  expect(pictureWords({ ...picture, state: 'failed', message: 'no graphics' })).toBe('no graphics')
})

it('[AV-1] says who speaks, oneself left out', () => {
  const person = (displayName: string, has: object = {}) =>
    ({ displayName, speaking: true, isMe: false, ...has }) as ParticipantView
  const words = (...participants: ParticipantView[]) => speakerWords({ participants })
  expect(words(person('Ada', { isMe: true }), person('Ben', { speaking: false }))).toBe('')
  expect(words(person('Ada'))).toBe('Ada speaks')
  expect(words(person('Ada'), person('Ben'))).toBe('Ada and Ben speak')
  expect(words(person('Ada'), person('Ben'), person('Cy'))).toBe('3 people speak')
})
