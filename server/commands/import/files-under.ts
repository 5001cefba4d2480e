import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { StartError } from '../../config/start-error.ts'

export interface LocalFile {
  readonly path: string
  readonly bytes: number
}

/** Files, and all files below folders. Throws a StartError on a path that is not there. */
export async function filesUnder(paths: readonly string[]): Promise<LocalFile[]> {
  const files: LocalFile[] = []
  for (const path of paths) {
    const there = await stat(path).catch(() => {
      throw new StartError('One of the paths is not there, or may not be read.')
    })
    if (!there.isDirectory()) {
      files.push({ path, bytes: there.size })
      continue
    }
    for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const file = join(entry.parentPath, entry.name)
      files.push({ path: file, bytes: (await stat(file)).size })
    }
  }
  return files
}
