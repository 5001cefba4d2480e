import type { Kysely } from 'kysely'
import type { InstallationRole } from '../identity/actor.ts'
import type { SignInLink, SignInLinkRepository } from '../identity/sign-in-links.ts'
import type { Tables } from './tables.ts'

export class SqlSignInLinks implements SignInLinkRepository {
  readonly #db: Kysely<Tables>

  constructor(db: Kysely<Tables>) {
    this.#db = db
  }

  async add(link: SignInLink): Promise<void> {
    await this.#db
      .insertInto('sign_in_links')
      .values({
        token_hash: link.tokenHash,
        role: link.role,
        name: link.name,
        expires_at_ms: link.expiresAtMs,
        used_at_ms: null,
      })
      .execute()
  }

  async redeem(tokenHash: string, nowMs: number): Promise<SignInLink | undefined> {
    const row = await this.#db
      .updateTable('sign_in_links')
      .set({ used_at_ms: nowMs })
      .where('token_hash', '=', tokenHash)
      .where('used_at_ms', 'is', null)
      .where('expires_at_ms', '>', nowMs)
      .returningAll()
      .executeTakeFirst()
    return (
      row && {
        tokenHash: row.token_hash,
        role: row.role as InstallationRole,
        name: row.name,
        expiresAtMs: row.expires_at_ms,
      }
    )
  }
}
