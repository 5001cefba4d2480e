import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SealedReader } from '../dicom/index.ts'
import { ImportRefusedError } from './import-refused.ts'
import { refusalOf, Spool } from './spool.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'caseroom-spool-'))
})
afterEach(() => {
  rmSync(root, { recursive: true })
})

const limits = { bytesPerFile: 10, bytes: 25, files: 4 }
const code = async (work: Promise<unknown>) =>
  work.then(
    () => 'kept',
    (error: unknown) => (error instanceof ImportRefusedError ? error.problem.code : error),
  )
const bytes = (count: number) => Readable.from([Buffer.alloc(count, 7)])

describe('a spool', () => {
  it('names files by their index alone, in the order they were given, and encrypts them', async () => {
    const spool = new Spool(root, 'job', limits)
    await spool.create()
    await Promise.all([spool.add(bytes(3)), spool.add(bytes(0)), spool.add(bytes(5))])
    expect(spool.files.map(({ fileIndex, bytes }) => [fileIndex, bytes])).toEqual([
      [0, 3],
      [1, 0],
      [2, 5],
    ])
    expect(readdirSync(spool.folder).sort()).toEqual(['0', '1', '2'])
    expect(readFileSync(join(spool.folder, '2'))).not.toEqual(Buffer.alloc(5, 7))
    await using reader = await SealedReader.open(spool.files[2]!)
    expect(await reader.read(0, 9)).toEqual(Buffer.alloc(5, 7))
    expect(statSync(spool.folder).mode & 0o077).toBe(0)
    await spool.remove()
    expect(readdirSync(root)).toEqual([])
  })

  it('refuses more than its bounds while the bytes come in', async () => {
    const spool = new Spool(root, 'job', limits)
    await spool.create()
    expect(await code(spool.add(bytes(11)))).toBe('file-too-large')
    expect(await code(spool.add(bytes(10)))).toBe('kept')
    expect(await code(spool.add(bytes(10)))).toBe('kept')
    expect(await code(spool.add(bytes(6)))).toBe('upload-too-large')
    expect(await code(spool.add(bytes(1)))).toBe('too-many-files')
  })

  it('keeps nothing of a file that broke off', async () => {
    const spool = new Spool(root, 'job', limits)
    await spool.create()
    const broken = Readable.from(
      (async function* () {
        yield Buffer.alloc(3)
        throw new Error('the line was cut')
      })(),
    )
    await expect(spool.add(broken)).rejects.toThrow('cut')
    expect([spool.bytes, readdirSync(spool.folder)]).toEqual([0, []])
    await spool.remove()
  })

  it('says in words that the disk is full, and leaves other errors as they are', () => {
    const full = Object.assign(new Error('write'), { code: 'ENOSPC', syscall: 'write' })
    expect(refusalOf(full)).toMatchObject({ problem: { code: 'disk-full' }, cause: full })
    const other = Object.assign(new Error('read'), { code: 'EIO', syscall: 'read' })
    expect(refusalOf(other)).toBe(other)
  })
})
