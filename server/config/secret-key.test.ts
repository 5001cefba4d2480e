import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadSecretKey } from './secret-key.ts'
import { StartError } from './start-error.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'caseroom-secret-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('the secret key', () => {
  it('is made once, for its owner alone to read', () => {
    const dataDir = join(folder, 'data')
    const key = loadSecretKey(dataDir, undefined)
    expect(key).toHaveLength(32)
    expect(loadSecretKey(dataDir, undefined)).toEqual(key)
    expect(statSync(join(dataDir, 'secret.key')).mode & 0o777).toBe(0o600)
    expect(loadSecretKey(join(folder, 'other'), undefined)).not.toEqual(key)
  })

  it('is the operator’s own where there is one', () => {
    const text = 'a long phrase that somebody chose by hand'
    expect(Buffer.from(loadSecretKey(folder, text)).toString()).toBe(text)
  })

  it('that is damaged is refused rather than replaced', () => {
    writeFileSync(join(folder, 'secret.key'), 'short')
    expect(() => loadSecretKey(folder, undefined)).toThrow(StartError)
  })
})
