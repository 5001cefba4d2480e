import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { allSettled } from './all-settled.ts'

/** How many files are synced at once; more gains nothing on one disk. */
const syncsAtOnce = 4

/**
 * A folder that is there whole or not at all: built under another name, every file and folder of it
 * synced, then renamed. States: building → committed, or discarded.
 */
export class DurableTree {
  readonly path: string
  readonly #finalPath: string
  readonly #waiting: string[] = []
  readonly #folders = new Set<string>()
  readonly #lanes = new Set<Promise<unknown>>()
  readonly #failures: unknown[] = []

  constructor(parent: string, name: string) {
    this.#finalPath = join(parent, name)
    this.path = join(parent, buildingName(name))
  }

  async start(): Promise<void> {
    await mkdir(this.path, { recursive: true })
  }

  async write(relativePath: string, bytes: Uint8Array | string): Promise<void> {
    const path = join(this.path, relativePath)
    await mkdir(dirname(path), { recursive: true })
    const file = await open(path, 'w')
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    this.#noteFolders(path)
  }

  /** Takes files that are written; they are synced while the work goes on, at the latest by commit. */
  syncLater(paths: readonly string[]): void {
    for (const path of paths) this.#noteFolders(path)
    this.#waiting.push(...paths)
    while (this.#lanes.size < Math.min(syncsAtOnce, this.#waiting.length)) {
      const lane = this.#drain()
        .catch((error: unknown) => {
          this.#failures.push(error)
        })
        .finally(() => this.#lanes.delete(lane))
      this.#lanes.add(lane)
    }
  }

  /** Throws where a file could not be synced: what is not known to be on disk is not committed. */
  async commit(): Promise<void> {
    await Promise.all(this.#lanes)
    if (this.#failures.length > 0) throw this.#failures[0]
    await allSettled(Array.from(this.#folders, syncPath))
    await rename(this.path, this.#finalPath)
    await syncPath(dirname(this.path))
  }

  async discard(): Promise<void> {
    await Promise.all(this.#lanes)
    await rm(this.path, { recursive: true, force: true })
  }

  async #drain(): Promise<void> {
    for (let path = this.#waiting.pop(); path !== undefined; path = this.#waiting.pop()) {
      await syncPath(path)
    }
  }

  #noteFolders(path: string): void {
    for (let folder = dirname(path); folder.length >= this.path.length; folder = dirname(folder)) {
      if (this.#folders.has(folder)) return
      this.#folders.add(folder)
    }
  }
}

export const buildingName = (name: string) => `.building-${name}`
export const isBuildingName = (name: string) => name.startsWith('.building-')

async function syncPath(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
