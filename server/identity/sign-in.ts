import { type AccessAction, type AccessLog, accessActor } from '../audit/access-log.ts'
import type { InstallationActor } from './actor.ts'
import { hashLinkToken, newLinkToken, type SignInLinkRepository } from './sign-in-links.ts'
import { signToken } from './tokens.ts'

const linkLifetimeMs = 24 * 3_600_000

export interface SignInParts {
  readonly links: SignInLinkRepository
  readonly accessLog: AccessLog
  readonly secretKey: Uint8Array
  readonly loginLifetimeMs: number
  readonly now: () => number
}

/** How people of this installation get in: by a link that works once, within 24 hours. */
export class SignIn {
  readonly #parts: SignInParts

  constructor(parts: SignInParts) {
    this.#parts = parts
  }

  /** The token of a new link for this person. */
  async newLink({ kind, name }: InstallationActor): Promise<string> {
    const { token, tokenHash } = newLinkToken()
    const expiresAtMs = this.#parts.now() + linkLifetimeMs
    await this.#parts.links.add({ tokenHash, role: kind, name, expiresAtMs })
    return token
  }

  /** Uses the link up; undefined where it is unknown, used or out of date. */
  async byLink(token: string): Promise<InstallationActor | undefined> {
    const link = await this.#parts.links.redeem(hashLinkToken(token), this.#parts.now())
    if (!link) return undefined
    const actor = { kind: link.role, name: link.name }
    await this.#record(actor, 'signed-in')
    return actor
  }

  /** For whoever came first by the printed invitation to a conference. */
  async byInvitation(actor: InstallationActor): Promise<string> {
    await this.#record(actor, 'signed-in-by-printed-link')
    return this.cookieToken(actor)
  }

  cookieToken({ kind, name }: InstallationActor): string {
    const { secretKey, loginLifetimeMs, now } = this.#parts
    const expiresAtMs = now() + loginLifetimeMs
    return signToken(secretKey, { purpose: 'login', role: kind, name, expiresAtMs })
  }

  async #record(actor: InstallationActor, action: AccessAction): Promise<void> {
    await this.#parts.accessLog.record({
      atMs: this.#parts.now(),
      actor: accessActor(actor),
      action,
      subjectId: '',
    })
  }
}
