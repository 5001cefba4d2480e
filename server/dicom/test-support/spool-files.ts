import { createCipheriv } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SpooledFile } from '../described-file.ts'

export const testKey = Buffer.alloc(32, 9)

/** Sealed copies in a folder of their own; `dispose` takes it away. */
export function spool(contents: readonly Uint8Array[]) {
  const folder = mkdtempSync(join(tmpdir(), 'caseroom-dicom-'))
  const files = contents.map((bytes, number): SpooledFile => {
    const path = join(folder, String(number))
    writeFileSync(path, sealed(bytes, number))
    return { fileIndex: number, path, bytes: bytes.length, key: testKey, number }
  })
  return { folder, files, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) }
}

export const spoolFiles = (paths: readonly string[]) =>
  spool(paths.map((path) => readFileSync(path)))

function sealed(bytes: Uint8Array, number: number): Buffer {
  const counter = Buffer.alloc(16)
  counter.writeBigUInt64BE(BigInt(number), 0)
  return createCipheriv('aes-256-ctr', testKey, counter).update(bytes)
}
