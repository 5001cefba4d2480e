import { describe, expect, it } from 'vitest'
import { countValues, statistics, tallySize } from './tally.ts'

function tallyOf(values: readonly number[]) {
  const tally = new Uint32Array(tallySize)
  countValues(Int16Array.from(values), [values.length, 1, 1], [0, 1], tally)
  return tally
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
    const tally = new Uint32Array(tallySize)
    countValues(Uint16Array.of(0, 65535), [2, 1, 1], [0, 1], tally)
    expect(statistics(tally, 'uint16', undefined).valueRange).toEqual([0, 65535])
  })

  it('hold for one value alone, and for padding alone', () => {
    expect(statistics(tallyOf([5, 5]), 'int16', undefined)).toMatchObject({
      valueRange: [5, 5],
      percentileWindow: { windowCenter: 5, windowWidth: 1 },
    })
    expect(statistics(tallyOf([-2000]), 'int16', -2000).valueRange).toEqual([-2000, -2000])
  })

  it('count only the rows asked for', () => {
    const tally = new Uint32Array(tallySize)
    countValues(Int16Array.of(1, 2, 3, 4, 5, 6, 7, 8), [2, 2, 2], [1, 2], tally)
    expect([...tally.subarray(0, 10)]).toEqual([0, 0, 0, 1, 1, 0, 0, 1, 1, 0])
  })
})
