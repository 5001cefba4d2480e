import { describe, expect, it } from 'vitest'
import { countFloats } from './float-tally.ts'
import { statistics, tallyBytes } from './statistics.ts'
import { countWhole } from './tally.ts'

function tallyOf(values: readonly number[]) {
  const tally = new ArrayBuffer(tallyBytes('int16'))
  countWhole(Int16Array.from(values), [values.length, 1, 1], [0, 1], tally)
  return [tally]
}

describe('the statistics of a volume', () => {
  it('leave padding out of range, histogram and percentiles', () => {
    const tally = tallyOf([-2000, -2000, -2000, -1000, 0, 1000])
    const { valueRange, histogram, percentileWindow } = statistics(tally, 'int16', -2000)
    expect(valueRange).toEqual([-1000, 1000])
    expect(histogram).toHaveLength(256)
    expect(histogram.reduce((sum, n) => sum + n, 0)).toBe(3)
    expect([histogram[0], histogram[128], histogram[255]]).toEqual([1, 1, 1])
    expect(percentileWindow).toEqual({ windowCenter: 0, windowWidth: 2000 })
  })

  it('set a window from the 2nd to the 98th percentile', () => {
    const values = Array.from({ length: 1000 }, (_, n) => n)
    const { percentileWindow } = statistics(tallyOf(values), 'int16', undefined)
    expect(percentileWindow).toEqual({ windowCenter: (19 + 979) / 2, windowWidth: 979 - 19 })
  })

  it('read unsigned values as such', () => {
    const tally = new ArrayBuffer(tallyBytes('uint16'))
    countWhole(Uint16Array.of(0, 65535), [2, 1, 1], [0, 1], tally)
    expect(statistics([tally], 'uint16', undefined).valueRange).toEqual([0, 65535])
  })

  it('hold for one value alone, and for padding alone', () => {
    expect(statistics(tallyOf([5, 5]), 'int16', undefined)).toMatchObject({
      valueRange: [5, 5],
      percentileWindow: { windowCenter: 5, windowWidth: 1 },
    })
    expect(statistics(tallyOf([-2000]), 'int16', -2000).valueRange).toEqual([-2000, -2000])
  })

  it('count only the rows asked for', () => {
    const tally = new ArrayBuffer(tallyBytes('int16'))
    countWhole(Int16Array.of(1, 2, 3, 4, 5, 6, 7, 8), [2, 2, 2], [1, 2], tally)
    expect([...new Uint32Array(tally, 0, 10)]).toEqual([0, 0, 0, 1, 1, 0, 0, 1, 1, 0])
  })
})

describe('the statistics of floats', () => {
  /** In two tallies, as two rows of chunks are counted. */
  const talliesOf = (values: Float32Array, padding?: number) => {
    const half = values.length >> 1
    return [values.subarray(0, half), values.subarray(half)].map((part) => {
      const tally = new ArrayBuffer(tallyBytes('float32'))
      countFloats(part, [part.length, 1, 1], [0, 1], padding, tally)
      return tally
    })
  }

  it('have an exact range, and bins and percentiles within 1/4096 of the value', () => {
    const values = Float32Array.from(
      { length: 20_000 },
      (_, n) => -350 + ((n * 7919) % 20_000) * 61.7,
    )
    const { valueRange, histogram, percentileWindow } = statistics(
      talliesOf(values),
      'float32',
      undefined,
    )
    const sorted = values.toSorted()
    const [least, greatest] = [sorted[0]!, sorted.at(-1)!]
    expect(valueRange).toEqual([least, greatest])
    expect(histogram.reduce((sum, n) => sum + n, 0)).toBe(20_000)
    const binWidth = (greatest - least) / 256
    for (const edge of [1, 17, 128, 255]) {
      const below = histogram.slice(0, edge).reduce((sum, n) => sum + n, 0)
      const at = least + edge * binWidth
      const slack = Math.abs(at) / 4096
      expect(below).toBeGreaterThanOrEqual(sorted.filter((v) => v < at - slack).length)
      expect(below).toBeLessThanOrEqual(sorted.filter((v) => v < at + slack).length)
    }
    const low = percentileWindow.windowCenter - percentileWindow.windowWidth / 2
    const high = percentileWindow.windowCenter + percentileWindow.windowWidth / 2
    expect(Math.abs(low - sorted[399]!)).toBeLessThan(sorted[399]! / 2048)
    expect(Math.abs(high - sorted[19_599]!)).toBeLessThan(sorted[19_599]! / 2048)
  })

  it('leave padding and what is not finite out', () => {
    const values = Float32Array.of(0.1, Number.NaN, 3, -5.5, 0.1, Infinity, -0, 1e6)
    const { valueRange, histogram } = statistics(talliesOf(values, 0.1), 'float32', 0.1)
    expect(valueRange).toEqual([-5.5, 1e6])
    expect(histogram.reduce((sum, n) => sum + n, 0)).toBe(4)
  })

  it('hold for one value alone, for values below one, and for padding alone', () => {
    expect(statistics(talliesOf(Float32Array.of(0, 0)), 'float32', undefined)).toMatchObject({
      valueRange: [0, 0],
      percentileWindow: { windowCenter: 0, windowWidth: 1 },
    })
    const small = statistics(talliesOf(Float32Array.of(0.25, 0.5)), 'float32', undefined)
    expect(small.percentileWindow.windowWidth).toBeCloseTo(0.25, 3)
    const padding = statistics(talliesOf(Float32Array.of(-2, -2), -2), 'float32', -2)
    expect(padding.valueRange).toEqual([-2, -2])
    expect(padding.histogram.every((n) => n === 0)).toBe(true)
  })
})
