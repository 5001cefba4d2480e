import { expect, it } from 'vitest'
import { Muting } from './muting.ts'

it('[AV-1] silences who did not speak up', () => {
  const muting = new Muting()
  expect(muting.silences({ muted: false, seq: 4 })).toBe(false)
  expect(muting.silences({ muted: true, seq: 5 })).toBe(true)
})

it('[AV-1] does not take what was told before for a new muting, while one speaks up', () => {
  const muting = new Muting()
  muting.speaksUp()
  expect(muting.silences({ muted: true, seq: 5 })).toBe(false)
  muting.heard(6)
  expect(muting.silences({ muted: true, seq: 5 })).toBe(false)
  expect(muting.silences({ muted: false, seq: 6 })).toBe(false)
})

it('[AV-1] silences who is muted again before the page was told of the first opening', () => {
  const muting = new Muting()
  muting.speaksUp()
  expect(muting.silences({ muted: true, seq: 7 })).toBe(false)
  muting.heard(6)
  expect(muting.silences({ muted: true, seq: 7 })).toBe(true)
})
