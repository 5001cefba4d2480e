import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { type Actor, conferenceRoles, installationRoles } from './actor.ts'

const installationClaims = {
  role: z.enum(installationRoles),
  name: z.string(),
  expiresAtMs: z.int(),
}

const claimsSchema = z.discriminatedUnion('purpose', [
  /** Bearer token of a script. */
  z.strictObject({ purpose: z.literal('api'), ...installationClaims }),
  /** Content of the login cookie. */
  z.strictObject({ purpose: z.literal('login'), ...installationClaims }),
  /** Bearer token of somebody who joined one conference. */
  z.strictObject({
    purpose: z.literal('conference'),
    conferenceId: z.string(),
    caseId: z.string(),
    priorCaseId: z.string().optional(),
    participantId: z.string(),
    role: z.enum(conferenceRoles),
    displayName: z.string(),
    expiresAtMs: z.int(),
  }),
])

export type TokenClaims = z.infer<typeof claimsSchema>
export type TokenPurpose = TokenClaims['purpose']

const longestTokenLength = 4096

/**
 * `base64url(JSON claims).base64url(HMAC-SHA256)`. Each purpose has its own key, derived from the
 * installation's secret (HKDF, RFC 5869), so that no token passes for one of another purpose.
 */
export function signToken(secretKey: Uint8Array, claims: TokenClaims): string {
  const body = Buffer.from(JSON.stringify(claimsSchema.parse(claims))).toString('base64url')
  return `${body}.${seal(secretKey, claims.purpose, body).toString('base64url')}`
}

/** The claims, or undefined where the token is not ours, of another purpose, or out of date. */
export function verifyToken<P extends TokenPurpose>(
  secretKey: Uint8Array,
  purpose: P,
  token: string,
  nowMs: number,
): Extract<TokenClaims, { purpose: P }> | undefined {
  const [body, signature, ...rest] = token.split('.')
  if (!body || !signature || rest.length > 0 || token.length > longestTokenLength) return undefined
  const expected = seal(secretKey, purpose, body)
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
  const claims = claimsSchema.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')))
  if (!claims.success || claims.data.purpose !== purpose) return undefined
  if (claims.data.expiresAtMs <= nowMs) return undefined
  return claims.data as Extract<TokenClaims, { purpose: P }>
}

export function actorOf(claims: TokenClaims): Actor {
  if (claims.purpose !== 'conference') return { kind: claims.role, name: claims.name }
  const { conferenceId, caseId, priorCaseId, participantId, role, displayName } = claims
  return {
    kind: 'participant',
    conferenceId,
    caseId,
    ...(priorCaseId !== undefined && { priorCaseId }),
    participantId,
    role,
    displayName,
  }
}

function seal(secretKey: Uint8Array, purpose: TokenPurpose, body: string): Buffer {
  const key = hkdfSync('sha256', secretKey, '', `caseroom token ${purpose}`, 32)
  return createHmac('sha256', Buffer.from(key)).update(body).digest()
}
