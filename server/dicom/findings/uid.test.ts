import { expect, it } from 'vitest'
import { derivedUid } from './uid.ts'

it('[OUT-1] UIDs are of 2.25, at most 64 characters, and differ by every id', () => {
  const uids = Array.from({ length: 500 }, (_, n) => derivedUid('a', `${n}`))
  expect(uids.filter((uid) => !/^2\.25\.[1-9]\d{20,38}$/.test(uid))).toEqual([])
  expect(new Set(uids).size).toBe(500)
  expect(derivedUid('a', 'b')).not.toBe(derivedUid('ab'))
})
