import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { DurableTree, isBuildingName } from './durable-tree.ts'

const volumeIdPattern = /^[0-9a-f]{32}$/
const level = String.raw`\d{1,2}/(zarr\.json|c/\d{1,6}/\d{1,6}/\d{1,6})`
const label = String.raw`labels/[1-9]\d{0,3}/`
const keyPattern = new RegExp(`^((${label})?(zarr\\.json|${level})|labels/zarr\\.json)$`)
const thumbnailName = 'thumbnail.png'

export const isVolumeId = (text: string) => volumeIdPattern.test(text)

/**
 * Volumes on disk: `<root>/<volumeId>/zarr/…` and a thumbnail beside it. A volume is there whole or
 * not at all, and never changes.
 */
export class VolumeStore {
  readonly #root: string

  constructor(root: string) {
    this.#root = root
  }

  /** Makes the folder. */
  async open(): Promise<void> {
    await mkdir(this.#root, { recursive: true, mode: 0o700 })
  }

  /**
   * Removes what stopped processes left: trees half built, and those that no case came to hold. The
   * tree of a process that is building it looks just like one of these, and so does a whole one in the
   * moment before its case is stored: while any process imports, all stay, and the answer is false.
   */
  async removeOrphans(library: {
    isHeld: (volumeId: string) => Promise<boolean>
    /** Whether an import is under way, in any process; its trees appear only after it is. */
    isImporting: () => Promise<boolean>
  }): Promise<boolean> {
    // In this order: a tree that appears from here on is not among the names, and the imports that
    // the named ones belong to have all ended where none is under way.
    const names = await readdir(this.#root)
    if (await library.isImporting()) return false
    for (const name of names) {
      const orphan = isBuildingName(name) || (isVolumeId(name) && !(await library.isHeld(name)))
      if (orphan) await rm(join(this.#root, name), { recursive: true, force: true })
    }
    return true
  }

  newTree(volumeId: string): DurableTree {
    if (!isVolumeId(volumeId)) throw new RangeError('not a volume id')
    return new DurableTree(this.#root, volumeId)
  }

  /**
   * Where a key of the zarr tree (`zarr.json`, `0/c/1/2/3`, `labels/1/0/zarr.json`) lies, relative to `root`; undefined for
   * anything that is no such key, whatever it is.
   */
  pathOf(volumeId: string, key: string): string | undefined {
    if (!isVolumeId(volumeId) || !keyPattern.test(key)) return undefined
    return join(volumeId, zarrFolder, key)
  }

  /** The folder of a stored volume. */
  folderOf(volumeId: string): string {
    if (!isVolumeId(volumeId)) throw new RangeError('not a volume id')
    return join(this.#root, volumeId)
  }

  get root(): string {
    return this.#root
  }

  /** The PNG; throws where the volume is not there. */
  async thumbnail(volumeId: string): Promise<Buffer> {
    return await readFile(join(this.folderOf(volumeId), thumbnailName))
  }

  /** Every `zarr.json` of a volume's tree, labels included. */
  async documents(volumeId: string): Promise<readonly { key: string; text: string }[]> {
    const folder = join(this.folderOf(volumeId), zarrFolder)
    const names = await readdir(folder, { recursive: true })
    const keys = names.filter((name) => basename(name) === 'zarr.json')
    return await Promise.all(
      keys.map(async (key) => ({ key, text: await readFile(join(folder, key), 'utf8') })),
    )
  }

  async remove(volumeId: string): Promise<void> {
    await rm(this.folderOf(volumeId), { recursive: true, force: true })
  }
}

export const zarrFolder = 'zarr'
export const labelsFolder = join(zarrFolder, 'labels')
export const thumbnailFile = thumbnailName
