import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { StartError } from './start-error.ts'

const secretKeyBytes = 32

/** The key all others are derived from: the operator's own, else one kept in `dataDir`. */
export function loadSecretKey(dataDir: string, secretKeyText: string | undefined): Uint8Array {
  if (secretKeyText) return Buffer.from(secretKeyText, 'utf8')
  const path = join(dataDir, 'secret.key')
  const key = Buffer.from(readIfThere(path) ?? generate(dataDir, path), 'base64url')
  if (key.length !== secretKeyBytes) {
    throw new StartError(
      'DATA_DIR/secret.key is damaged: restore it from a backup. Without it nothing leads back to the PACS.',
    )
  }
  return key
}

/** Whoever comes second, even at the same moment, reads the first one's key. */
function generate(dataDir: string, path: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const own = `${path}.${randomBytes(8).toString('hex')}`
  const file = openSync(own, 'wx', 0o600)
  try {
    writeSync(file, `${randomBytes(secretKeyBytes).toString('base64url')}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  try {
    linkSync(own, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(own)
  }
  return readFileSync(path, 'utf8')
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
