import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'

let caseroom: Caseroom
beforeEach(async () => {
  caseroom = await startCaseroom()
})
afterEach(() => caseroom.remove())

const guess = (n: number) =>
  caseroom.call('POST', '/api/conferences/join', {
    body: { code: `AB${String(n).padStart(4, '2')}`, displayName: 'Guesser' },
  })

describe('guessing codes', () => {
  it('[JOIN-2] ends after ten wrong ones, even if all come at the same moment', async () => {
    const responses = await Promise.all(Array.from({ length: 60 }, (_, n) => guess(n)))
    const statuses = responses.map(({ status }) => status)
    expect(statuses.filter((status) => status === 404)).toHaveLength(10)
    expect(statuses.filter((status) => status === 429)).toHaveLength(50)
    const refused = responses.find(({ status }) => status === 429)
    const seconds = Number(refused?.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(60)
    expect(await refused?.json()).toMatchObject({ error: { code: 'too-many-attempts' } })
  })

  it('malformed attempts are refused without counting as guesses', async () => {
    for (const body of [
      {},
      { code: 'ABC' },
      { code: 'ABC234' },
      { code: 'ABC234', displayName: ' ' },
      { code: 'ABC234', displayName: 'a\nb' },
      { code: 'ABC234', displayName: 'x'.repeat(65) },
      { code: 'ABC234', invitation: 'x'.repeat(43), displayName: 'Both' },
      { invitation: 'x', displayName: 'Short' },
      { code: { $ne: '' }, displayName: 'Object' },
      { code: 'ABC234', displayName: 'Extra', role: 'attending' },
      'text',
      null,
    ]) {
      const response = await caseroom.call('POST', '/api/conferences/join', { body })
      expect(response.status, JSON.stringify(body)).toBe(400)
    }
    expect((await guess(1)).status).toBe(404)
  })
})
