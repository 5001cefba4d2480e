import { beforeEach, expect, it } from 'vitest'
import { handAt } from '../../../test/support/held-room.ts'
import type { SliceAt } from '../../slices/slice-space.ts'
import type { XrHand } from '../hands/xr-hand.ts'
import { type Sheet, SliceHands } from './slice-hands.ts'

const none = new Set<never>()
let did: string[]
let hands: SliceHands
/** Where every ray ends; undefined beside the sheet. */
let at: SliceAt | undefined
let nowMs = 0

const stroke = (name: string) => ({
  move: () => void did.push(`${name} moves`),
  end: () => void did.push(`${name} ends`),
  cancel: () => void did.push(`${name} is dropped`),
})
const sheet: Sheet = {
  hit: () => at && { at, distanceM: 0.6 },
  press: (part) => {
    did.push(part)
    return stroke(part)
  },
  hold: () => {
    did.push('hold')
    return stroke('hold')
  },
  scroll: (by, how) => void did.push(`${by} ${how}`),
  hover: () => void did.push('hover'),
  away: () => void did.push('away'),
}
function frame(...seen: readonly Partial<XrHand>[]) {
  nowMs += 20
  const now = seen.map((more) => handAt('right', [0, 1, 0], more))
  return hands.frame(now, none, nowMs)
}

beforeEach(() => {
  did = []
  at = { x: 100, y: 100 }
  hands = new SliceHands(sheet)
})

it('[CASE-4] the trigger is the tool’s on the slice, scrolls on the rail and holds on the bar', () => {
  for (const [place, part] of [
    [{ x: 100, y: 100 }, 'slice'],
    [{ x: 310, y: 100 }, 'rail'],
    [{ x: 100, y: 320 }, 'hold'],
  ] as const) {
    at = place
    frame({})
    did = []
    expect(frame({ trigger: true }).taken).toEqual(new Set(['right']))
    at = undefined // it may leave the sheet
    expect(frame({ trigger: true }).taken).toEqual(new Set(['right']))
    frame({})
    expect(did.filter((what) => what !== 'away')).toEqual([part, `${part} moves`, `${part} ends`])
  }
})

it('[XR-3] a squeeze on it holds it, and grabs nothing else; one that comes by does not', () => {
  frame({})
  expect(frame({ squeeze: true }).holds).toEqual(new Set(['right']))
  frame({})
  expect(did).toContain('hold ends')
  at = undefined
  frame({ squeeze: true })
  at = { x: 1, y: 1 }
  const passing = frame({ squeeze: true })
  expect([passing.holds.size, passing.taken.size]).toEqual([0, 0])
})

it('[XR-4] the thumbstick scrolls while the hand points at it, and moves nobody', () => {
  expect(frame({ stick: [0, 0.9] }).scrolls).toEqual(new Set(['right']))
  expect(frame({ stick: [0, 0] }).scrolls.size).toBe(0)
  expect(did.filter((what) => what !== 'hover')).toEqual(['1 passing', '0 lasting'])
})

it('[CASE-4] what a trigger began elsewhere is not the slice’s, and a lost hand leaves nothing', () => {
  at = undefined
  frame({ trigger: true })
  at = { x: 1, y: 1 }
  expect(frame({ trigger: true }).taken.size).toBe(0)
  frame({})
  frame({ trigger: true })
  nowMs += 600
  frame()
  expect(did.at(-1)).toBe('slice is dropped')
})

it('[XR-2] gaze and pinch ends with its pinch: that is its release', () => {
  frame({ kind: 'gaze', trigger: true })
  frame()
  expect(did).toContain('slice ends')
})
