import type { Kysely } from 'kysely'
import type { Role } from '../../shared/conference/role.ts'
import type { Invitation, InvitationRepository } from '../conference/ports.ts'
import type { Tables } from './tables.ts'

export class SqlInvitations implements InvitationRepository {
  readonly #db: Kysely<Tables>

  constructor(db: Kysely<Tables>) {
    this.#db = db
  }

  async add(invitation: Invitation): Promise<void> {
    await this.#db
      .insertInto('invitations')
      .values({
        invitation_hash: invitation.invitationHash,
        conference_id: invitation.conferenceId,
        role: invitation.role,
        expires_at_ms: invitation.expiresAtMs,
        signs_in: invitation.signsIn ?? null,
      })
      .execute()
  }

  async find(invitationHash: string): Promise<Invitation | undefined> {
    const row = await this.#db
      .selectFrom('invitations')
      .selectAll()
      .where('invitation_hash', '=', invitationHash)
      .executeTakeFirst()
    return (
      row && {
        invitationHash: row.invitation_hash,
        conferenceId: row.conference_id,
        role: row.role as Role,
        expiresAtMs: row.expires_at_ms,
        ...(row.signs_in === 'clinician' && { signsIn: row.signs_in }),
      }
    )
  }

  async redeemSignIn(invitationHash: string): Promise<boolean> {
    const row = await this.#db
      .updateTable('invitations')
      .set({ signs_in: null })
      .where('invitation_hash', '=', invitationHash)
      .where('signs_in', 'is not', null)
      .returning('invitation_hash')
      .executeTakeFirst()
    return row !== undefined
  }
}
