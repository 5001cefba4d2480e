import { expect, it } from 'vitest'
import { rotate, turnAbout } from '../../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { dot } from '../../../shared/geometry/vector.ts'
import { nudgeAxes, shiftWords, turnWords } from './prior-panel-words.ts'

/** PS3.3 C.7.6.1.1.1: L, P and H are where LPS axes point. */
const direction: Record<string, Vec3> = {
  L: [1, 0, 0],
  R: [-1, 0, 0],
  P: [0, 1, 0],
  A: [0, -1, 0],
  H: [0, 0, 1],
  F: [0, 0, -1],
}

it('[CASE-6] the letters of a nudge are where it goes', () => {
  for (const { axis, ends } of nudgeAxes) {
    expect(axis).toEqual(direction[ends[0]])
    expect(dot(axis, direction[ends[1]]!)).toBe(-1)
  }
})

it('[CASE-6] a turn takes its first letter to its second, and the turn back to the other side', () => {
  for (const { axis, turns } of nudgeAxes) {
    for (const [n, words] of turns.entries()) {
      const [from = '', to = ''] = words.split(' to ')
      const turn = turnAbout(axis, n === 0 ? Math.PI / 2 : -Math.PI / 2)
      expect(dot(rotate(turn, direction[from]!), direction[to]!)).toBeCloseTo(1)
    }
  }
})

it('[CASE-6] says how far and how much in millimetres and degrees', () => {
  expect(shiftWords(12.46, ['L', 'R'])).toBe('12.5 mm L')
  expect(shiftWords(-3, ['H', 'F'])).toBe('3.0 mm F')
  expect(shiftWords(-0.02, ['H', 'F'])).toBe('0.0 mm')
  expect(turnWords({ rotation: [0, 0, 0, 1] })).toBe('Not turned')
  expect(turnWords({ rotation: turnAbout([0, 0, 1], -Math.PI / 36) })).toBe('Turned 5.0° in all')
})
