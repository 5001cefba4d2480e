import { describe, expect, it } from 'vitest'
import { AttemptLimiter, sourceOf } from './attempt-limiter.ts'

const wrong = new Error('wrong')
const isWrongGuess = (error: unknown) => error === wrong
const succeed = async () => 'in'
const fail = async () => {
  throw wrong
}

describe('attempts', () => {
  it('that succeed are not limited with those that fail', async () => {
    const limiter = new AttemptLimiter({ failuresPerMinute: 3, attemptsPerMinute: 1000 })
    for (let n = 0; n < 300; n++) {
      expect(await limiter.attempt('10.0.0.1', succeed, isWrongGuess)).toEqual({ result: 'in' })
    }
  })

  it('from an address that guessed wrong too often wait, and others do not', async () => {
    const limiter = new AttemptLimiter({ failuresPerMinute: 3, attemptsPerMinute: 1000 })
    for (let n = 0; n < 3; n++) {
      await expect(limiter.attempt('10.0.0.1', fail, isWrongGuess)).rejects.toBe(wrong)
    }
    const outcome = await limiter.attempt('10.0.0.1', succeed, isWrongGuess)
    expect(outcome).toMatchObject({ retryAfterMs: expect.any(Number) })
    expect(await limiter.attempt('10.0.0.2', succeed, isWrongGuess)).toEqual({ result: 'in' })
  })

  it('that break for another reason are not guesses', async () => {
    const limiter = new AttemptLimiter({ failuresPerMinute: 1, attemptsPerMinute: 1000 })
    const broken = async () => {
      throw new Error('the database is away')
    }
    for (let n = 0; n < 5; n++) {
      await expect(limiter.attempt('10.0.0.1', broken, isWrongGuess)).rejects.toThrow('away')
    }
    expect(await limiter.attempt('10.0.0.1', succeed, isWrongGuess)).toEqual({ result: 'in' })
  })

  it('of any outcome have a limit far above', async () => {
    const limiter = new AttemptLimiter({ failuresPerMinute: 3, attemptsPerMinute: 5 })
    for (let n = 0; n < 5; n++) await limiter.attempt('10.0.0.1', succeed, isWrongGuess)
    const outcome = await limiter.attempt('10.0.0.1', succeed, isWrongGuess)
    expect(outcome).toHaveProperty('retryAfterMs')
  })
})

describe('the source of an address', () => {
  it('is the address of IPv4, however written, and the network of IPv6', () => {
    expect(sourceOf('192.0.2.7')).toBe('192.0.2.7')
    expect(sourceOf('::ffff:192.0.2.7')).toBe('192.0.2.7')
    expect(sourceOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2')
    expect(sourceOf('2001:db8::6')).toBe('2001:db8:0:0')
    expect(sourceOf('fe80::1%eth0')).toBe('fe80:0:0:0')
    expect(sourceOf('::1')).toBe('0:0:0:0')
  })
})
