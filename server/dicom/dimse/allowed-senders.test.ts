import { describe, expect, it } from 'vitest'
import { isAllowedSender } from './allowed-senders.ts'

const allowed = [
  { aeTitle: 'ANYWHERE', host: undefined },
  { aeTitle: 'BOUND', host: '192.0.2.7' },
  { aeTitle: 'BOUND', host: '[2001:db8::1]' },
  { aeTitle: 'NAMED', host: 'localhost' },
  { aeTitle: 'LOST', host: 'no-such-host.invalid' },
]

describe('the list of senders', () => {
  it.each([
    ['ANYWHERE', '203.0.113.9', true],
    ['anywhere', '203.0.113.9', false],
    ['BOUND', '192.0.2.7', true],
    ['BOUND', '::ffff:192.0.2.7', true],
    ['BOUND', '192.0.2.8', false],
    ['BOUND', '2001:DB8::1', true],
    ['NAMED', '127.0.0.1', true],
    ['NAMED', '192.0.2.7', false],
    ['LOST', '192.0.2.7', false],
    ['', '192.0.2.7', false],
  ])('[IN-3] %s from %s: %s', async (aeTitle, address, isAllowed) => {
    expect(await isAllowedSender(allowed, { aeTitle, address })).toBe(isAllowed)
    expect(await isAllowedSender([], { aeTitle, address })).toBe(false)
  })
})
