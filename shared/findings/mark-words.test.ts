import { describe, expect, it } from 'vitest'
import type { Vec3 } from '../geometry/transform.ts'
import { markMiddle, markPath, wordsPlace } from './mark-path.ts'
import { markWords } from './mark-words.ts'

const ellipse: readonly Vec3[] = [
  [10, 10, 10],
  [20, 10, 10],
  [10, 17.48, 10],
]
const measured = {
  mean: 43.4,
  standardDeviation: 12.2,
  min: -12,
  max: 101,
  areaMm2: 235,
  unit: 'HU',
}

describe('a mark in words', () => {
  it('[MARK-4] says lengths in mm and angles in degrees, with its author’s words first', () => {
    const pointsMm: Vec3[] = [
      [0, 0, 0],
      [12.34, 0, 0],
    ]
    expect(markWords({ kind: 'length', pointsMm })).toBe('12.3 mm')
    expect(markWords({ kind: 'length', pointsMm, text: 'Node' })).toBe('Node · 12.3 mm')
    const angle: Vec3[] = [
      [10, 0, 0],
      [0, 0, 0],
      [6.807, 7.325, 0],
    ]
    expect(markWords({ kind: 'angle', pointsMm: angle })).toBe('47.1°')
    expect(markWords({ kind: 'angle', pointsMm: angle.slice(0, 2) })).toBe('')
  })

  it('[MARK-4] says what lies inside a region, its unit once, a minus as a minus', () => {
    expect(markWords({ kind: 'ellipse', pointsMm: ellipse, measured })).toBe(
      'mean 43 HU, SD 12, −12…101, 2.35 cm²',
    )
    expect(markWords({ kind: 'ellipse', pointsMm: ellipse })).toBe('2.35 cm²')
    const square: Vec3[] = [
      [0, 0, 0],
      [9, 0, 0],
      [9, 9, 0],
      [0, 9, 0],
    ]
    expect(markWords({ kind: 'freehand', pointsMm: square })).toBe('81.0 mm²')
  })

  it('[MARK-4] says values as their unit is read', () => {
    const probe = (mean: number, unit: string) =>
      markWords({
        kind: 'probe',
        pointsMm: [[1, 2, 3]],
        measured: { mean, standardDeviation: 0, min: mean, max: mean, areaMm2: 0, unit },
      })
    expect(probe(-0.3, 'HU')).toBe('0 HU')
    expect(probe(-734.6, 'HU')).toBe('−735 HU')
    expect(probe(4.126, 'SUV')).toBe('4.13 SUV')
    expect(probe(812.4, 'a.u.')).toBe('812 a.u.')
    expect(probe(8.126, 'a.u.')).toBe('8.13 a.u.')
  })

  it('a point, an arrow and a text have no figures', () => {
    const pointsMm: Vec3[] = [
      [1, 2, 3],
      [4, 5, 6],
    ]
    expect(markWords({ kind: 'arrow', pointsMm })).toBe('')
    expect(markWords({ kind: 'text', pointsMm, text: 'here' })).toBe('here')
  })
})

describe('a mark as lines', () => {
  it('closes regions, draws the arc of an angle, and takes a single point for a dot', () => {
    const [outline] = markPath('ellipse', ellipse)
    expect(outline?.at(-1)).toEqual(outline?.[0])
    expect(markPath('freehand', ellipse)).toEqual([[...ellipse, ellipse[0]]])
    expect(markPath('angle', ellipse)).toHaveLength(2)
    expect(markPath('angle', ellipse.slice(0, 2))).toEqual([ellipse.slice(0, 2)])
    expect(markPath('probe', ellipse.slice(0, 1))).toEqual([ellipse.slice(0, 1)])
    expect(markPath('length', [])).toEqual([])
  })

  it('has a place for its words and a middle to look at', () => {
    expect(wordsPlace('length', ellipse.slice(0, 2))).toEqual(ellipse[1])
    expect(wordsPlace('point', ellipse.slice(0, 1))).toEqual(ellipse[0])
    expect(markMiddle('length', ellipse.slice(0, 2))).toEqual([15, 10, 10])
    expect(markMiddle('arrow', ellipse.slice(0, 2))).toEqual(ellipse[1])
    expect(markMiddle('ellipse', ellipse)).toEqual(ellipse[0])
  })
})
