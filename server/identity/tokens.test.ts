import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { actorOf, signToken, type TokenClaims, verifyToken } from './tokens.ts'

const secretKey = randomBytes(32)
const nowMs = 1_700_000_000_000
const api: TokenClaims = { purpose: 'api', role: 'admin', name: 'script', expiresAtMs: nowMs + 1 }
const participant: TokenClaims = {
  purpose: 'conference',
  conferenceId: 'c',
  caseId: 'k',
  participantId: 'p',
  role: 'resident',
  displayName: 'Dr Müller',
  expiresAtMs: nowMs + 1,
}

describe('tokens', () => {
  it('give back what was signed', () => {
    const claims = verifyToken(secretKey, 'conference', signToken(secretKey, participant), nowMs)
    expect(claims).toEqual(participant)
    expect(actorOf(participant)).toEqual({
      kind: 'participant',
      conferenceId: 'c',
      caseId: 'k',
      participantId: 'p',
      role: 'resident',
      displayName: 'Dr Müller',
    })
    expect(actorOf(api)).toEqual({ kind: 'admin', name: 'script' })
  })

  it('are worth nothing from the moment they expire', () => {
    const token = signToken(secretKey, api)
    expect(verifyToken(secretKey, 'api', token, api.expiresAtMs - 1)).toBeDefined()
    expect(verifyToken(secretKey, 'api', token, api.expiresAtMs)).toBeUndefined()
  })

  it('pass for no other purpose, even where the claims are rewritten to name it', () => {
    const token = signToken(secretKey, api)
    expect(verifyToken(secretKey, 'login', token, nowMs)).toBeUndefined()
    const [, signature] = token.split('.')
    const forged = Buffer.from(JSON.stringify({ ...api, purpose: 'login' })).toString('base64url')
    expect(verifyToken(secretKey, 'login', `${forged}.${signature}`, nowMs)).toBeUndefined()
  })

  it('of another installation are refused', () => {
    expect(verifyToken(secretKey, 'api', signToken(randomBytes(32), api), nowMs)).toBeUndefined()
  })

  it('with any character changed are refused, and so is nonsense', () => {
    const token = signToken(secretKey, api)
    for (let at = 0; at < token.length - 1; at++) {
      const changed = token[at] === 'A' ? 'B' : 'A'
      const forged = token.slice(0, at) + changed + token.slice(at + 1)
      expect(verifyToken(secretKey, 'api', forged, nowMs), `character ${at}`).toBeUndefined()
    }
    for (const nonsense of ['', '.', 'a.b', 'a.b.c', `${'x'.repeat(10_000)}.y`]) {
      expect(verifyToken(secretKey, 'api', nonsense, nowMs)).toBeUndefined()
    }
  })
})
