import { describe, expect, it } from 'vitest'
import { Vault } from '../../../server/dicom/index.ts'
import type { Origin } from '../../../server/dicom/vault/origin.ts'
import type { PatientLink } from '../../../server/dicom/vault/vault.ts'
import { SqlImports } from '../../../server/storage/sql-imports.ts'
import { SqlVault } from '../../../server/storage/sql-vault.ts'
import type { StorageContext } from '../storage-suite.ts'
import { aCase, anImport } from './library.ts'

const key = (fill: number) => new Uint8Array(32).fill(fill)
const origin: Origin = {
  patient: { patientName: 'Okonkwo^Maren', patientId: '4471882' },
  study: { studyInstanceUID: '1.2.276.0.9999.1.2', accessionNumber: 'ACC90210887' },
  volumes: [],
}

export function vaultSuite(context: StorageContext): void {
  const vault = (secretKey = key(1)) => new Vault(new SqlVault(context.database.db), secretKey)

  async function store(caseId: string, link?: PatientLink, studyDate?: string): Promise<void> {
    const person = link ?? (await vault().patient('id 4471882 '))
    const study = { ...origin.study, ...(studyDate !== undefined && { studyDate }) }
    const sealed = vault().sealOrigin(person, caseId, { ...origin, study })
    const record = anImport({ importId: `import-of-${caseId}` })
    const imports = new SqlImports(context.database.db)
    await imports.add(record)
    const made = aCase({ caseId, importId: record.importId })
    await imports.complete({ ...record, state: 'ready', caseIds: [caseId] }, [made], [sealed])
  }

  async function everythingStored(): Promise<string> {
    const { db } = context.database
    const rows = [
      await db.selectFrom('vault_patients').selectAll().execute(),
      await db.selectFrom('vault_origins').selectAll().execute(),
    ]
    return JSON.stringify(rows)
  }

  describe('the vault', () => {
    it('[PRIV-5] gives one secret to one patient, whoever asks first and after a restart', async () => {
      const together = await Promise.all(
        Array.from({ length: 8 }, () => vault().patient('id 4471882 ')),
      )
      expect(new Set(together.map(({ secret }) => Buffer.from(secret).toString('hex'))).size).toBe(
        1,
      )
      const other = await vault().patient('id 4471883 ')
      await context.reopen()
      expect(await vault().patient('id 4471882 ')).toEqual(together[0])
      expect(other.secret).not.toEqual(together[0]!.secret)
    })

    it('[PRIV-5] knows where a case came from, and shows it to the right key alone', async () => {
      await store('a')
      await context.reopen()
      expect(await vault().origin('a')).toEqual(origin)
      expect(await vault().origin('b')).toBeUndefined()
      expect(await vault(key(2)).patient('id 4471882 ')).not.toEqual(
        await vault().patient('id 4471882 '),
      )
      await expect(vault(key(2)).origin('a')).rejects.toThrow()
      expect(await everythingStored()).not.toMatch(/Okonkwo|4471882|ACC90210887|1\.2\.276/)
    })

    it('[CASE-6] knows which cases are of one patient, and how long lies between them', async () => {
      const other = await vault().patient('id 4471883 ')
      await store('now', undefined, '20240301')
      await store('then', undefined, '20230328')
      await store('later', undefined, '20240302')
      await store('undated', undefined, 'last spring')
      await store('stranger', other, '20230328')
      await context.reopen()
      const linkedBy = 'identifier'
      expect(await vault().casesOfSamePatient('now')).toEqual([
        { caseId: 'later', daysEarlier: -1, linkedBy },
        { caseId: 'then', daysEarlier: 339, linkedBy },
        { caseId: 'undated', linkedBy },
      ])
      expect(await vault().casesOfSamePatient('stranger')).toEqual([])
      expect(await vault().casesOfSamePatient('nobody')).toEqual([])
      await vault().erasePatientOf('then')
      expect(await vault().casesOfSamePatient('now')).toEqual([])
    })

    it('[PRIV-5] does not take one case’s origin for another’s', async () => {
      await store('a')
      await store('b')
      const { db } = context.database
      const { sealed } = await db
        .selectFrom('vault_origins')
        .select('sealed')
        .where('case_id', '=', 'a')
        .executeTakeFirstOrThrow()
      await db.updateTable('vault_origins').set({ sealed }).where('case_id', '=', 'b').execute()
      await expect(vault().origin('b')).rejects.toThrow()
    })

    it('[PRIV-5] keeps no way back for an import under way while its patient is forgotten', async () => {
      await store('a')
      const underWay = await vault().patient('id 4471882 ')
      await vault().erasePatientOf('a')
      await store('b', underWay)
      expect(await everythingStored()).toBe('[[],[]]')
      await store('c')
      await store('d', underWay)
      expect(await vault().origin('c')).toEqual(origin)
      expect(await vault().origin('b')).toBeUndefined()
      expect(await vault().origin('d')).toBeUndefined()
    })

    it('[PRIV-5] forgets a patient with all cases, and knows them as new afterwards', async () => {
      const before = await vault().patient('id 4471882 ')
      await store('a')
      await store('b')
      expect(await vault().erasePatientOf('a')).toBe(true)
      expect(await vault().origin('a')).toBeUndefined()
      expect(await vault().origin('b')).toBeUndefined()
      expect(await everythingStored()).toBe('[[],[]]')
      expect(await vault().erasePatientOf('a')).toBe(false)
      expect((await vault().patient('id 4471882 ')).secret).not.toEqual(before.secret)
    })
  })
}
