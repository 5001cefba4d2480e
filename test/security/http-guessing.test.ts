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

  it('[JOIN-2] keeps nobody else at that address from their links', async () => {
    const { attending } = await caseroom.opened()
    for (let n = 0; n < 11; n++) await guess(n)
    expect((await guess(11)).status).toBe(429)
    const invited = await caseroom.call('POST', '/api/conferences/join', {
      body: { invitation: 'x'.repeat(43), displayName: 'Invited' },
    })
    expect(invited.status).toBe(404)
    const signedIn = await caseroom.call('POST', '/api/sign-in', {
      body: { token: new URL(attending).hash.slice(1) },
    })
    expect(signedIn.status).toBe(200)
  })

  it('[JOIN-2] wrong links count with nobody’s codes', async () => {
    for (let n = 0; n < 20; n++) {
      const invitation = `${n}`.padStart(43, 'x')
      const wrong = await caseroom.call('POST', '/api/conferences/join', {
        body: { invitation, displayName: 'Late' },
      })
      expect(wrong.status).toBe(404)
      const token = invitation
      expect((await caseroom.call('POST', '/api/sign-in', { body: { token } })).status).toBe(401)
    }
    expect((await guess(1)).status).toBe(404)
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
