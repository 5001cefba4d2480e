import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { SealedReader, type SpooledFile, sealing } from '../dicom/index.ts'
import { ImportRefusedError } from './import-refused.ts'

export interface SpoolLimits {
  readonly bytesPerFile: number
  readonly bytes: number
  readonly files: number
}

const gibibyte = 2 ** 30

/** A zip of a whole CD is one file; a DVD is 4.4 GiB; a large study is some 10,000 files. */
export const spoolLimits: SpoolLimits = {
  bytesPerFile: 16 * gibibyte,
  bytes: 32 * gibibyte,
  files: 50_000,
}

/** Files of a spool that lie elsewhere now. */
export interface KeptFiles {
  readonly folder: string
  readonly files: readonly { readonly fileIndex: number; readonly bytes: number }[]
}

/**
 * Where the files of one import lie until it ends, named by their index alone: hospital CDs repeat
 * names, and names hold patients. They are encrypted under a key that is in memory only. Refuses more
 * than its limits while the bytes come in.
 */
export class Spool {
  readonly folder: string
  readonly #key: Uint8Array
  readonly #limits: SpoolLimits
  readonly #files = new Map<number, SpooledFile>()
  #nextIndex = 0
  #bytes = 0

  constructor(
    root: string,
    importId: string,
    limits: SpoolLimits = spoolLimits,
    key: Uint8Array = randomBytes(32),
  ) {
    this.folder = join(root, importId)
    this.#limits = limits
    this.#key = key
  }

  /** Takes over the files of another spool, wherever they are kept. */
  static async adopt(spool: Spool, kept: KeptFiles): Promise<void> {
    await rename(kept.folder, spool.folder)
    for (const { fileIndex, bytes } of kept.files) {
      const path = join(spool.folder, String(fileIndex))
      spool.#files.set(fileIndex, { fileIndex, path, bytes, key: spool.#key, number: fileIndex })
      spool.#bytes += bytes
      spool.#nextIndex = Math.max(spool.#nextIndex, fileIndex + 1)
    }
  }

  /** Moves all files; the spool is empty then, and who kept the key can still read them. */
  async moveTo(folder: string): Promise<void> {
    await rename(this.folder, folder)
    this.#files.clear()
  }

  get key(): Uint8Array {
    return this.#key
  }

  async create(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 })
  }

  /** In the order they were added. */
  get files(): SpooledFile[] {
    return [...this.#files.values()].sort((a, b) => a.fileIndex - b.fileIndex)
  }

  get fileCount(): number {
    return this.#files.size
  }

  get bytes(): number {
    return this.#bytes
  }

  get limits(): SpoolLimits {
    return this.#limits
  }

  /** The index is given at once, in the order of the calls; the bytes follow. */
  async add(content: Readable): Promise<SpooledFile> {
    const fileIndex = this.#nextIndex++
    const path = join(this.folder, String(fileIndex))
    let bytes = 0
    try {
      if (fileIndex >= this.#limits.files) throw tooManyFiles(this.#limits.files)
      const meter = new Transform({
        transform: (chunk: Buffer, _, done) => {
          bytes += chunk.length
          this.#bytes += chunk.length
          done(this.#excess(bytes), chunk)
        },
      })
      const written = createWriteStream(path, { flags: 'wx', mode: 0o600 })
      await pipeline(content, meter, sealing(this.#key, fileIndex), written)
      const file = { fileIndex, path, bytes, key: this.#key, number: fileIndex }
      this.#files.set(fileIndex, file)
      return file
    } catch (error) {
      this.#bytes -= bytes
      await rm(path, { force: true })
      content.resume() // the rest of a refused part has to go somewhere, or its sender stalls
      throw refusalOf(error)
    }
  }

  /** Forgets a file and removes it, as a zip when its content has been taken out. */
  async drop(file: SpooledFile): Promise<void> {
    this.#files.delete(file.fileIndex)
    this.#bytes -= file.bytes
    await rm(file.path, { force: true })
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true })
  }

  #excess(fileBytes: number): ImportRefusedError | null {
    const { bytesPerFile, bytes } = this.#limits
    if (fileBytes > bytesPerFile) {
      return new ImportRefusedError(
        'file-too-large',
        `A file is larger than ${sizeInWords(bytesPerFile)}, the most that is accepted.`,
      )
    }
    if (this.#bytes > bytes) {
      return new ImportRefusedError(
        'upload-too-large',
        `The files are larger than ${sizeInWords(bytes)} together: import them in parts.`,
      )
    }
    return null
  }
}

export function tooManyFiles(most: number): ImportRefusedError {
  return new ImportRefusedError(
    'too-many-files',
    `There are more than ${most} files: import them in parts.`,
  )
}

/** A full disk in words; every other error as it is. */
export function refusalOf(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error
  return new ImportRefusedError(
    'disk-full',
    "The server's disk is full: ask whoever runs it to make room, then import again.",
    { cause: error },
  )
}

function sizeInWords(bytes: number): string {
  return bytes >= gibibyte ? `${Math.floor(bytes / gibibyte)} GiB` : `${bytes} bytes`
}

/** By its first bytes, not its name: a local file header, or the end record of an empty archive. */
export async function isZip(file: SpooledFile): Promise<boolean> {
  if (file.bytes < 22) return false
  await using reader = await SealedReader.open(file)
  const magic = (await reader.read(0, 4)).readUInt32LE(0)
  return magic === 0x04034b50 || magic === 0x06054b50
}
