import { describe, expect, it } from 'vitest'
import { AttemptLimiter, type AttemptLimits, sourceOf } from './attempt-limiter.ts'

const wrong = new Error('wrong')
const isWrongGuess = (error: unknown) => error === wrong
const succeed = async () => 'in'
const fail = async () => {
  throw wrong
}

const limiterOf = (limits: Partial<AttemptLimits>) =>
  new AttemptLimiter({
    failuresPerMinute: 3,
    guessesPerMinute: 1000,
    boundedPerMinute: 1000,
    ...limits,
  })

describe('guesses', () => {
  it('that succeed are not limited with those that fail', async () => {
    const limiter = limiterOf({ failuresPerMinute: 3, guessesPerMinute: 1000 })
    for (let n = 0; n < 300; n++) {
      expect(await limiter.guess('10.0.0.1', succeed, isWrongGuess)).toEqual({ result: 'in' })
    }
  })

  it('from an address that guessed wrong too often wait, and others do not', async () => {
    const limiter = limiterOf({ failuresPerMinute: 3, guessesPerMinute: 1000 })
    for (let n = 0; n < 3; n++) {
      await expect(limiter.guess('10.0.0.1', fail, isWrongGuess)).rejects.toBe(wrong)
    }
    const outcome = await limiter.guess('10.0.0.1', succeed, isWrongGuess)
    expect(outcome).toMatchObject({ retryAfterMs: expect.any(Number) })
    expect(await limiter.guess('10.0.0.2', succeed, isWrongGuess)).toEqual({ result: 'in' })
  })

  it('that break for another reason are not guesses', async () => {
    const limiter = limiterOf({ failuresPerMinute: 1, guessesPerMinute: 1000 })
    const broken = async () => {
      throw new Error('the database is away')
    }
    for (let n = 0; n < 5; n++) {
      await expect(limiter.guess('10.0.0.1', broken, isWrongGuess)).rejects.toThrow('away')
    }
    expect(await limiter.guess('10.0.0.1', succeed, isWrongGuess)).toEqual({ result: 'in' })
  })

  it('of any outcome have a limit far above', async () => {
    const limiter = limiterOf({ failuresPerMinute: 3, guessesPerMinute: 5 })
    for (let n = 0; n < 5; n++) await limiter.guess('10.0.0.1', succeed, isWrongGuess)
    const outcome = await limiter.guess('10.0.0.1', succeed, isWrongGuess)
    expect(outcome).toHaveProperty('retryAfterMs')
  })
})

describe('attempts with what nobody can guess', () => {
  it('go on where codes have been guessed, and are bounded by themselves', async () => {
    const limiter = limiterOf({ failuresPerMinute: 1, boundedPerMinute: 5 })
    await expect(limiter.guess('10.0.0.1', fail, isWrongGuess)).rejects.toBe(wrong)
    for (let n = 0; n < 4; n++) {
      await expect(limiter.bounded('10.0.0.1', fail)).rejects.toBe(wrong)
    }
    expect(await limiter.bounded('10.0.0.1', succeed)).toEqual({ result: 'in' })
    expect(await limiter.bounded('10.0.0.1', succeed)).toHaveProperty('retryAfterMs')
    expect(await limiter.bounded('10.0.0.2', succeed)).toEqual({ result: 'in' })
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
