import { randomBytes } from 'node:crypto'
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { expect, it } from 'vitest'
import { readSealedSync, SealedReader, sealing } from './sealed-file.ts'

it('a sealed file is read from anywhere, and says nothing on disk', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'caseroom-sealed-'))
  const content = Buffer.concat([Buffer.from('Okonkwo^Maren'), randomBytes(100_000)])
  const key = randomBytes(32)
  const file = { path: join(folder, '7'), bytes: content.length, key, number: 7 }
  await pipeline(Readable.from([content]), sealing(key, 7), createWriteStream(file.path))
  expect(readFileSync(file.path)).toHaveLength(content.length)
  expect(readFileSync(file.path).includes('Okonkwo')).toBe(false)
  await using reader = await SealedReader.open(file)
  for (const [from, length] of [
    [0, 13],
    [5, 1],
    [16, 16],
    [31, 70_001],
    [99_990, 100],
  ] as const) {
    const expected = content.subarray(from, from + length)
    expect((await reader.read(from, length)).equals(expected)).toBe(true)
    const into = Buffer.alloc(length)
    expect(readSealedSync(file, into, from)).toBe(expected.length)
    expect(into.subarray(0, expected.length).equals(expected)).toBe(true)
  }
  const other = await SealedReader.open({ ...file, number: 8 })
  expect((await other.read(0, 13)).toString()).not.toBe('Okonkwo^Maren')
  await other[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})
