import { describe, expect, it } from 'vitest'
import type { ConferenceRecord, Invitation } from '../../../server/conference/ports.ts'
import { SqlConferences } from '../../../server/storage/sql-conferences.ts'
import { SqlInvitations } from '../../../server/storage/sql-invitations.ts'
import type { StorageContext } from '../storage-suite.ts'

export function conferencesSuite(context: StorageContext): void {
  const conferences = () => new SqlConferences(context.database.db)
  const invitations = () => new SqlInvitations(context.database.db)

  describe('conferences', () => {
    it('are found by id, and by code while they are open, after a restart too', async () => {
      const record = aConference({ conferenceId: 'c1', code: 'ABC234' })
      await conferences().add(record)
      await context.reopen()
      expect(await conferences().find('c1')).toEqual(record)
      expect(await conferences().findOpenByCode('ABC234')).toEqual(record)
      expect(await conferences().find('c2')).toBeUndefined()
      expect(await conferences().findOpenByCode('ABC235')).toBeUndefined()
    })

    it('keep their code to themselves while open, and let go of it when closed', async () => {
      await conferences().add(aConference({ conferenceId: 'c1', code: 'ABC234' }))
      const second = aConference({ conferenceId: 'c2', code: 'ABC234' })
      await expect(conferences().add(second)).rejects.toThrow()
      await conferences().markClosed('c1', 77)
      expect(await conferences().findOpenByCode('ABC234')).toBeUndefined()
      expect((await conferences().find('c1'))?.closedAtMs).toBe(77)
      await conferences().add(second)
      expect(await conferences().findOpenByCode('ABC234')).toEqual(second)
    })

    it('[CASE-6] keep which case they compare with, and are open on both', async () => {
      const record = aConference({ conferenceId: 'c1', caseId: 'now', priorCaseId: 'then' })
      await conferences().add(record)
      await context.reopen()
      expect(await conferences().find('c1')).toEqual(record)
      for (const caseId of ['now', 'then']) {
        expect(await conferences().isOpenOn(caseId)).toBe(true)
      }
      expect(await conferences().isOpenOn('other')).toBe(false)
      await conferences().markClosed('c1', 77)
      expect(await conferences().isOpenOn('then')).toBe(false)
    })

    it('are closed once', async () => {
      await conferences().add(aConference({ conferenceId: 'c1' }))
      await conferences().markClosed('c1', 77)
      await conferences().markClosed('c1', 99)
      expect((await conferences().find('c1'))?.closedAtMs).toBe(77)
    })

    it('are listed open or closed, newest first', async () => {
      for (const n of [2, 1, 3, 4]) {
        const record = aConference({ conferenceId: `c${n}`, code: `CODE0${n}`, openedAtMs: n })
        await conferences().add(record)
      }
      await conferences().markClosed('c4', 5)
      const ids = async (filter: { open: boolean; limit: number }) =>
        (await conferences().list(filter)).map(({ conferenceId }) => conferenceId)
      expect(await ids({ open: true, limit: 2 })).toEqual(['c3', 'c2'])
      expect(await ids({ open: false, limit: 9 })).toEqual(['c4'])
    })
  })

  describe('invitations', () => {
    it('are found by their hash with what they grant', async () => {
      await conferences().add(aConference({ conferenceId: 'c1' }))
      const plain: Invitation = {
        invitationHash: 'aa',
        conferenceId: 'c1',
        role: 'observer',
        expiresAtMs: 1_790_000_000_000,
      }
      const signing: Invitation = {
        ...plain,
        invitationHash: 'bb',
        role: 'attending',
        signsIn: 'clinician',
      }
      await invitations().add(plain)
      await invitations().add(signing)
      await context.reopen()
      expect(await invitations().find('aa')).toEqual(plain)
      expect(await invitations().find('bb')).toEqual(signing)
      expect(await invitations().find('cc')).toBeUndefined()
    })

    it('sign in once, however many try at the same moment, and are found without it after', async () => {
      await conferences().add(aConference({ conferenceId: 'c1' }))
      const plain: Invitation = {
        invitationHash: 'aa',
        conferenceId: 'c1',
        role: 'attending',
        expiresAtMs: 1_790_000_000_000,
      }
      await invitations().add({ ...plain, signsIn: 'clinician' })
      await invitations().add({ ...plain, invitationHash: 'bb' })
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => invitations().redeemSignIn('aa')),
      )
      expect(answers.filter(Boolean)).toHaveLength(1)
      expect(await invitations().find('aa')).toEqual(plain)
      expect(await invitations().redeemSignIn('bb')).toBe(false)
      expect(await invitations().redeemSignIn('cc')).toBe(false)
    })

    it('are to a conference that there is', async () => {
      const invitation: Invitation = {
        invitationHash: 'aa',
        conferenceId: 'none',
        role: 'resident',
        expiresAtMs: 1,
      }
      await expect(invitations().add(invitation)).rejects.toThrow()
    })
  })
}

function aConference(some: Partial<ConferenceRecord> = {}): ConferenceRecord {
  return {
    conferenceId: 'conference',
    caseId: 'case',
    code: 'ABC234',
    openedBy: 'Dr Okafor',
    openedAtMs: 1_790_000_000_000,
    ...some,
  }
}
