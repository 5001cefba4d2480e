import { describe, expect, it } from 'vitest'
import { Pseudonyms } from './pseudonym.ts'

const secretOf = (n: number) => Buffer.alloc(32, `patient ${n}`)

describe('Pseudonyms', () => {
  const ours = new Pseudonyms(Buffer.alloc(32, 1))
  const theirs = new Pseudonyms(Buffer.alloc(32, 2))

  it('[PRIV-1] remaps a UID to the same valid UID for one patient only', () => {
    const remapped = ours.uid('1.2.276.0.9999.1.2')
    expect(remapped).toMatch(/^2\.25\.[1-9]\d{0,38}$/)
    expect(new Pseudonyms(Buffer.alloc(32, 1)).uid('1.2.276.0.9999.1.2')).toBe(remapped)
    expect(theirs.uid('1.2.276.0.9999.1.2')).not.toBe(remapped)
    expect(ours.uid('1.2.276.0.9999.1.3')).not.toBe(remapped)
  })

  it('[PRIV-1] shifts dates of one patient by the same whole days, at least one', () => {
    const days = Array.from({ length: 500 }, (_, n) => new Pseudonyms(secretOf(n)).shiftDays)
    expect(days.every((day) => Number.isInteger(day) && day >= 1 && day <= 3650)).toBe(true)
    expect(new Set(days).size).toBeGreaterThan(400)
    expect(new Pseudonyms(secretOf(3)).shiftDays).toBe(days[3])
  })

  it('refuses a secret that could be guessed', () => {
    expect(() => new Pseudonyms(Buffer.alloc(15))).toThrow(RangeError)
  })
})
