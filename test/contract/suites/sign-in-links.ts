import { describe, expect, it } from 'vitest'
import type { SignInLink } from '../../../server/identity/sign-in-links.ts'
import { SqlSignInLinks } from '../../../server/storage/sql-sign-in-links.ts'
import type { StorageContext } from '../storage-suite.ts'

export function signInLinksSuite(context: StorageContext): void {
  const links = () => new SqlSignInLinks(context.database.db)
  const link: SignInLink = { tokenHash: 'aa', role: 'admin', name: 'Owner', expiresAtMs: 1000 }

  describe('sign-in links', () => {
    it('work once, however many try at the same moment', async () => {
      await links().add(link)
      const answers = await Promise.all(Array.from({ length: 8 }, () => links().redeem('aa', 999)))
      expect(answers.filter((answer) => answer !== undefined)).toEqual([link])
      await context.reopen()
      expect(await links().redeem('aa', 999)).toBeUndefined()
    })

    it('are worth nothing from the moment they expire, and unknown ones never', async () => {
      await links().add(link)
      expect(await links().redeem('aa', 1000)).toBeUndefined()
      expect(await links().redeem('bb', 1)).toBeUndefined()
      expect(await links().redeem('aa', 999)).toEqual(link)
    })
  })
}
