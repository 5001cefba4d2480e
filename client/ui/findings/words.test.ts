import { expect, it } from 'vitest'
import type { FindingsView, ShownMark } from '../../../shared/findings/findings-view.ts'
import { markName, prefilledMinutes, sentWords } from './words.ts'

const mark = (some: Partial<ShownMark>): ShownMark => ({
  annotationId: 'a',
  volumeId: 'v',
  kind: 'point',
  pointsMm: [[0, 0, 0]],
  authorName: 'Ada',
  atMs: 0,
  ...some,
})

it('a mark is called by its words, its kind and what it measures, with units', () => {
  expect(markName(mark({}))).toBe('Point')
  expect(markName(mark({ kind: 'text', text: 'Nodule' }))).toBe('Nodule')
  const length = { quantity: 'length', valueMm: 12.34 } as const
  expect(markName(mark({ kind: 'length', measurement: length }))).toBe('Length 12.3 mm')
  const angle = { quantity: 'angle', valueDegrees: 45 } as const
  expect(markName(mark({ kind: 'angle', text: 'Cobb', measurement: angle }))).toBe('Cobb 45.0°')
})

it('what was sent is said once each', () => {
  expect(sentWords(['key-image', 'key-image', 'minutes'])).toBe('key images, minutes')
})

it('[OUT-3] minutes begin with when and who', () => {
  const view: FindingsView = {
    conferenceId: 'c',
    caseId: 'k',
    openedAtMs: new Date(2026, 0, 5, 9, 30).getTime(),
    marks: [],
    keyImages: [],
    minutes: { text: '', version: 0 },
    participants: [
      { name: 'Dr Ada', joinedAtMs: 1 },
      { name: 'Ben', joinedAtMs: 2, leftAtMs: 3 },
      { name: 'Dr Ada', joinedAtMs: 4 },
    ],
    sent: [],
    canSend: true,
  }
  expect(prefilledMinutes(view)).toBe(
    'Case conference of 5 Jan 2026, 09:30\nPresent: Dr Ada, Ben\n\nAgreed:\n',
  )
})
