import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StartError } from '../config/start-error.ts'

/**
 * Keeps a second process out of `dataDir`, or, where it is shared, those that do not know of the
 * others. It is SQLite's own file lock: the kernel lets go of it when the process ends, however it
 * ends.
 */
export function lockDataDir(dataDir: string, shared = false): { release(): void } {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  } catch {
    throw new StartError('DATA_DIR must name a folder that can be written.')
  }
  const lock = open(join(dataDir, 'process.lock'))
  try {
    lock.exec(shared ? 'begin; select count(*) from sqlite_master' : 'begin exclusive')
  } catch {
    lock.close()
    throw new StartError(
      shared
        ? 'A Caseroom without REDIS_URL is running on this DATA_DIR: stop it, or choose another.'
        : 'Another Caseroom is running on this DATA_DIR: stop it, or choose another.',
    )
  }
  return { release: () => lock.close() }
}

function open(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path)
  } catch {
    throw new StartError('DATA_DIR must name a folder that can be written.')
  }
}
