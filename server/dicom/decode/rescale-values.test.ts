import { describe, expect, it } from 'vitest'
import type { StoredSlice } from '../slice-source.ts'
import { rescaleValues, saturate } from './rescale-values.ts'

const base: StoredSlice = {
  kind: 'stored',
  fileIndex: 0,
  file: { path: '', bytes: 0, key: new Uint8Array(32), number: 0 },
  location: { kind: 'native', offset: 0, bigEndian: false },
  rows: 1,
  columns: 4,
  bitsAllocated: 16,
  bitsStored: 12,
  highBit: 11,
  signed: false,
  padding: undefined,
  rescale: { slope: 1, intercept: 0 },
  dataType: 'int16',
}

function rescaled(words: number[], changes: Partial<StoredSlice>): number[] {
  const source = { ...base, ...changes }
  const stored =
    source.bitsAllocated === 8
      ? Uint8Array.from(words)
      : new Uint8Array(Uint16Array.from(words).buffer)
  const out =
    source.dataType === 'int16' ? new Int16Array(words.length) : new Uint16Array(words.length)
  return [...rescaleValues(stored, source, out)]
}

describe('rescaleValues', () => {
  it('drops bits above Bits Stored and extends the sign', () => {
    expect(rescaled([0x0fff, 0xf001], { rescale: { slope: 1, intercept: -1024 } })).toEqual([
      3071, -1023,
    ])
    expect(rescaled([0x0fff, 0xf001, 0x0800], { signed: true })).toEqual([-1, 1, -2048])
  })

  it('shifts down where High Bit is above Bits Stored', () => {
    expect(rescaled([0x0fff, 0x8010], { highBit: 15 })).toEqual([0x0ff, 0x801])
  })

  it('keeps whole signed and unsigned words as they are', () => {
    const whole = { bitsStored: 16, highBit: 15 }
    expect(rescaled([0xffff, 0x8000, 7], { ...whole, signed: true })).toEqual([-1, -32768, 7])
    expect(rescaled([0xffff, 7], { ...whole, dataType: 'uint16' })).toEqual([65535, 7])
  })

  it('reads single bytes', () => {
    const bytes = { bitsAllocated: 8, bitsStored: 8, highBit: 7 } as const
    expect(rescaled([0, 255], { ...bytes, rescale: { slope: 1, intercept: 5 } })).toEqual([5, 260])
    expect(rescaled([1, 255], { ...bytes, signed: true })).toEqual([1, -1])
  })

  it('rounds halves to even', () => {
    expect(rescaled([1, 2, 3, 5], { rescale: { slope: 0.5, intercept: 0 } })).toEqual([0, 1, 2, 2])
    expect(rescaled([1, 3], { rescale: { slope: -0.5, intercept: 0 } })).toEqual([0, -2])
  })

  it('refuses a value beyond 16 bits, and cuts only the padding off', () => {
    const wide = { bitsStored: 16, highBit: 15, rescale: { slope: 1, intercept: -1024 } }
    expect(rescaled([1024, 33_791], wide)).toEqual([0, 32_767])
    expect(() => rescaled([33_792], wide)).toThrow(/16 bits/)
    expect(rescaled([63_536, 1025], { ...wide, padding: 63_536 })).toEqual([32_767, 1])
  })

  it('cuts off what lossy compression overshot instead of turning white into black', () => {
    const overshot = Uint16Array.of(4097, 4095, 3)
    saturate(new Uint8Array(overshot.buffer), base)
    expect([...overshot]).toEqual([4095, 4095, 3])
    const signed = Int16Array.of(2050, -2060, -1)
    saturate(new Uint8Array(signed.buffer), { ...base, signed: true })
    expect([...signed]).toEqual([2047, -2048, -1])
  })
})
