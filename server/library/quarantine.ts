import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type {
  QuarantinedSlice,
  Quarantine as QuarantineView,
} from '../../shared/case/quarantine.ts'
import { derivedKey, type SliceSource, seal, unseal } from '../dicom/index.ts'
import type { DoubtfulSeries } from './build-clean-volume.ts'
import type { QuarantineRow, QuarantineRows } from './ports.ts'
import type { ReviewedSlice } from './review.ts'
import type { KeptFiles, Spool } from './spool.ts'

interface Held {
  readonly key: string
  readonly title?: string
  readonly files: KeptFiles['files']
  readonly reviewed: readonly ReviewedSlice[]
  readonly slices: readonly (QuarantinedSlice & { readonly source: SliceSource })[]
}

export interface ReleasedFiles extends KeptFiles {
  readonly key: Uint8Array
  readonly title: string | undefined
  /** What somebody saw when it was held back before. */
  readonly reviewed: readonly ReviewedSlice[]
}

/** A person looks at this many pictures at a time; for the rest it is held back again. */
const mostPictures = 200

/**
 * Imports that a person has to look at. The files stay as they were sent, encrypted; their key is
 * sealed under the installation's.
 */
export class Quarantine {
  readonly #rows: QuarantineRows
  readonly #root: string
  readonly #key: Uint8Array

  /** Rows of sealed text, and a folder for the files. */
  constructor(rows: QuarantineRows, root: string, secretKey: Uint8Array) {
    this.#rows = rows
    this.#root = root
    this.#key = derivedKey(secretKey, 'quarantine')
  }

  /** Takes the spool's files. The job enters `quarantined` only then. */
  async hold(
    importId: string,
    spool: Spool,
    series: readonly DoubtfulSeries[],
    { title, reviewed }: Pick<ReleasedFiles, 'title' | 'reviewed'>,
  ): Promise<void> {
    const files = spool.files.map(({ fileIndex, bytes }) => ({ fileIndex, bytes }))
    const held: Held = {
      key: Buffer.from(spool.key).toString('base64url'),
      ...(title !== undefined && { title }),
      files,
      reviewed,
      slices: series.flatMap(slicesOf).slice(0, mostPictures),
    }
    await mkdir(this.#root, { recursive: true, mode: 0o700 })
    await spool.moveTo(this.#folderOf(importId))
    const sealed = seal(this.#key, importId, JSON.stringify(held))
    await this.#rows.add({ importId, sealed, createdAtMs: Date.now() })
  }

  async find(importId: string): Promise<QuarantineView | undefined> {
    const row = await this.#rows.find(importId)
    if (!row) return undefined
    const slices = this.#opened(row).slices.map(({ source: _, ...slice }) => slice)
    return { heldSinceMs: row.createdAtMs, slices }
  }

  /** Where the pixels of one of its slices are. */
  async sourceOf(importId: string, index: number): Promise<SliceSource | undefined> {
    const row = await this.#rows.find(importId)
    const held = row && this.#opened(row)
    const source = held?.slices[index]?.source
    if (!held || !source) return undefined
    return this.#placed(source, importId, Buffer.from(held.key, 'base64url'))
  }

  /** Gives the files up, once. */
  async release(importId: string): Promise<ReleasedFiles | undefined> {
    const row = await this.#rows.find(importId)
    if (!row || !(await this.#rows.remove(importId))) return undefined
    const { key, title, files, reviewed } = this.#opened(row)
    return {
      key: Buffer.from(key, 'base64url'),
      title,
      files,
      reviewed,
      folder: this.#folderOf(importId),
    }
  }

  async discard(importId: string): Promise<boolean> {
    if (!(await this.#rows.remove(importId))) return false
    await rm(this.#folderOf(importId), { recursive: true, force: true })
    return true
  }

  /** Removes what a stopped process left half done: files without a row, rows without their import. */
  async sweep(isHeld: (importId: string) => Promise<boolean>): Promise<void> {
    for (const importId of await this.#rows.list()) {
      if (!(await isHeld(importId))) await this.discard(importId)
    }
    const rows = new Set(await this.#rows.list())
    const folders = await readdir(this.#root).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw error
    })
    for (const folder of folders) {
      if (!rows.has(folder)) await rm(this.#folderOf(folder), { recursive: true, force: true })
    }
  }

  #opened({ importId, sealed }: QuarantineRow): Held {
    return JSON.parse(unseal(this.#key, importId, sealed))
  }

  #folderOf(importId: string): string {
    return join(this.#root, importId)
  }

  /** The source's files are where they lie now. */
  #placed(source: SliceSource, importId: string, key: Uint8Array): SliceSource {
    const place = <Stored extends Extract<SliceSource, { kind: 'stored' }>>(stored: Stored) => ({
      ...stored,
      file: { ...stored.file, key, path: join(this.#folderOf(importId), `${stored.file.number}`) },
    })
    if (source.kind === 'stored') return place(source)
    return { ...source, before: place(source.before), after: place(source.after) }
  }
}

function slicesOf({ series, doubtful }: DoubtfulSeries): Held['slices'] {
  const [columns, rows] = series.dims
  return doubtful.map(({ k, boxes }) => ({
    seriesIndex: series.seriesIndex,
    k,
    columns,
    rows,
    boxes: boxes.map((box) => [...box] as [number, number, number, number]),
    source: withoutKeys(series.slices[k]!),
  }))
}

/** The key is written once, not in every slice. */
function withoutKeys(source: SliceSource): SliceSource {
  const strip = (stored: Extract<SliceSource, { kind: 'stored' }>) => ({
    ...stored,
    file: { ...stored.file, key: new Uint8Array(), path: '' },
  })
  if (source.kind === 'stored') return strip(source)
  return { ...source, before: strip(source.before), after: strip(source.after) }
}
