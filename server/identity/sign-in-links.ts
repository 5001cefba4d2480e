import { createHash, randomBytes } from 'node:crypto'
import type { InstallationRole } from './actor.ts'

/** A one-time link; only the hash of its token is kept. */
export interface SignInLink {
  /** SHA-256, hex. */
  readonly tokenHash: string
  readonly role: InstallationRole
  readonly name: string
  readonly expiresAtMs: number
}

export interface SignInLinkRepository {
  add(link: SignInLink): Promise<void>
  /** Uses the link up: of any number of callers, however close together, one gets it. */
  redeem(tokenHash: string, nowMs: number): Promise<SignInLink | undefined>
}

/** 32 random bytes for the link, and what is stored of them. */
export function newLinkToken(): { token: string; tokenHash: string } {
  const token = randomBytes(32).toString('base64url')
  return { token, tokenHash: hashLinkToken(token) }
}

export function hashLinkToken(token: string): string {
  return createHash('sha256').update(Buffer.from(token, 'base64url')).digest('hex')
}
