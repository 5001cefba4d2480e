import { beforeEach, describe, expect, it } from 'vitest'
import { SqlConferences } from '../../../server/storage/sql-conferences.ts'
import { SqlFindings } from '../../../server/storage/sql-findings.ts'
import type { StorageContext } from '../storage-suite.ts'

export function findingsSuite(context: StorageContext): void {
  const findings = () => new SqlFindings(context.database.db)
  const save = (text: string, version: number) =>
    findings().saveMinutes({ conferenceId: 'c', text, version, by: 'Ada', atMs: 5 })
  const begin = (sendingId: string, digest: string, nowMs = 100, abandonedBeforeMs = 0) =>
    findings().beginSending(
      { sendingId, conferenceId: 'c', digest, signedBy: 'Dr Ada', atMs: nowMs },
      abandonedBeforeMs,
      nowMs,
    )

  describe('findings', () => {
    beforeEach(async () => {
      await new SqlConferences(context.database.db).add({
        conferenceId: 'c',
        caseId: 'case',
        code: 'ABC234',
        openedBy: 'Dr Ada',
        openedAtMs: 1,
      })
    })

    it('[OUT-3] minutes are saved on the version that was read, by one of those who read it', async () => {
      expect(await findings().minutes('c')).toEqual({ text: '', version: 0 })
      const first = await Promise.all(['a', 'b', 'c'].map((text) => save(text, 0)))
      expect(first.filter((version) => version !== undefined)).toEqual([1])
      expect(await save('later', 1)).toBe(2)
      expect(await save('stale', 1)).toBeUndefined()
      await context.reopen()
      expect(await findings().minutes('c')).toEqual({ text: 'later', version: 2 })
    })

    it('[OUT-2] key images come back byte for byte, and go when they are removed', async () => {
      const png = Uint8Array.from({ length: 70_000 }, (_, n) => n % 251)
      const record = {
        conferenceId: 'c',
        keyImageId: 'k',
        takenAtMs: 1_790_000_000_000,
        by: 'Ada',
        columns: 640,
        rows: 480,
        png,
      }
      await findings().addKeyImage(record)
      await context.reopen()
      const found = await findings().keyImage('c', 'k')
      expect({ ...found, png: [...(found?.png ?? [])] }).toEqual({ ...record, png: [...png] })
      const { png: _, conferenceId, ...summary } = record
      expect(await findings().keyImages(conferenceId)).toEqual([summary])
      expect(await findings().keyImage('other', 'k')).toBeUndefined()
      expect(await findings().removeKeyImage('other', 'k')).toBe(false)
      expect(await findings().removeKeyImage('c', 'k')).toBe(true)
      expect(await findings().keyImages('c')).toEqual([])
    })

    it('[OUT-1] one sending at a time, whoever begins it', async () => {
      const begun = await Promise.all(['1', '2', '3'].map((id) => begin(id, `digest ${id}`)))
      expect(begun.filter(Boolean)).toHaveLength(1)
      expect(await findings().sendings('c')).toMatchObject([{ state: 'sending' }])
    })

    it('[OUT-1] what failed begins again under its own id and time, another is another', async () => {
      expect(await begin('1', 'same')).toEqual({ sendingId: '1', atMs: 100 })
      await findings().endSending('1', { state: 'failed', message: 'away' })
      expect(await begin('2', 'same', 200)).toEqual({ sendingId: '1', atMs: 100 })
      await findings().endSending('1', { state: 'sent', kinds: ['minutes'] })
      expect(await begin('3', 'same', 300)).toEqual({ sendingId: '3', atMs: 300 })
      await context.reopen()
      expect(await findings().sendings('c')).toEqual([
        { sendingId: '3', state: 'sending', signedBy: 'Dr Ada', atMs: 300, kinds: [] },
        { sendingId: '1', state: 'sent', signedBy: 'Dr Ada', atMs: 100, kinds: ['minutes'] },
      ])
    })

    it('[OUT-1] a sending whose process died does not stand in the way for ever', async () => {
      await begin('1', 'lost')
      expect(await begin('2', 'other', 900, 100)).toBeUndefined()
      expect(await begin('2', 'other', 900, 101)).toEqual({ sendingId: '2', atMs: 900 })
      const [, lost] = await findings().sendings('c')
      expect(lost).toMatchObject({ sendingId: '1', state: 'failed' })
      expect(lost?.message).toContain('broke off')
    })
  })
}
