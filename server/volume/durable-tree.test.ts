import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DurableTree } from './durable-tree.ts'

let parent: string
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'caseroom-tree-'))
})
afterEach(async () => {
  await rm(parent, { recursive: true })
})

describe('a durable tree', () => {
  it('is not there under its name before it is whole', async () => {
    const tree = new DurableTree(parent, 'a')
    await tree.start()
    await tree.write('0/zarr.json', '{}')
    await writeFile(join(tree.path, '0', 'chunk'), 'voxels')
    tree.syncLater([join(tree.path, '0', 'chunk')])
    expect(await readdir(parent)).toEqual(['.building-a'])
    await tree.commit()
    expect(await readdir(parent)).toEqual(['a'])
    expect(await readFile(join(parent, 'a', '0', 'chunk'), 'utf8')).toBe('voxels')
  })

  it('is not committed where a file cannot be synced, and leaves nothing when discarded', async () => {
    const tree = new DurableTree(parent, 'b')
    await tree.start()
    await tree.write('zarr.json', '{}')
    tree.syncLater([join(tree.path, 'never-written')])
    await expect(tree.commit()).rejects.toThrow('ENOENT')
    await tree.discard()
    expect(await readdir(parent)).toEqual([])
  })
})
