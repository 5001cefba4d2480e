import { describe, expect, it } from 'vitest'
import { attributes } from '../../../shared/dicom/attributes.ts'
import { readValues } from './value.ts'

const bytesOf = (write: (bytes: Buffer) => void) => {
  const bytes = Buffer.alloc(8)
  write(bytes)
  return bytes
}

describe('readValues', () => {
  it('has a reader for every representation in the dictionary but sequences', () => {
    const representations = new Set(Object.values(attributes).map(([, vr]) => vr))
    const unread = [...representations].filter((vr) => !readValues(vr, Buffer.alloc(8), false))
    expect(unread).toEqual(['SQ'])
  })

  it('reads numbers in either byte order', () => {
    const little = bytesOf((bytes) => bytes.writeFloatLE(1.5))
    const big = bytesOf((bytes) => bytes.writeFloatBE(1.5))
    expect(readValues('FL', little, false)?.[0]).toBe(1.5)
    expect(readValues('FL', big, true)?.[0]).toBe(1.5)
    const unsigned = bytesOf((bytes) => bytes.writeUInt32LE(4_000_000_000))
    expect(readValues('UL', unsigned, false)?.[0]).toBe(4_000_000_000)
    const signed = bytesOf((bytes) => bytes.writeInt16BE(-2))
    expect(readValues('SS', signed, true)?.[0]).toBe(-2)
  })

  it('[PRIV-1] has nothing for a text that does not fit, and not for more than there is room for', () => {
    expect(readValues('CS', Buffer.from('AXIAL\\Maren^O'), false)).toEqual(['AXIAL', ''])
    expect(readValues('IS', Buffer.from('12\\twelve'), false)).toEqual([12, Number.NaN])
    expect(readValues('LO', Buffer.alloc(5000, 0x41), false)).toBeUndefined()
  })
})
