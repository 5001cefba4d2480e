import type {
  DirectoryDropItem,
  DropItem,
  FileDropItem,
} from 'react-aria-components/useDragAndDrop'

/**
 * Every file of what was dropped, folders gone through to their ends. Names are not looked at: CDs
 * repeat them. `found` is told the count as it grows.
 */
export async function droppedFiles(
  items: readonly DropItem[],
  found: (count: number) => void,
): Promise<File[]> {
  const files: File[] = []
  const open: (FileDropItem | DirectoryDropItem)[] = items.filter((item) => item.kind !== 'text')
  for (let item = open.pop(); item; item = open.pop()) {
    if (item.kind === 'file') files.push(await item.getFile())
    else for await (const entry of item.getEntries()) open.push(entry)
    if (files.length % 100 === 0) found(files.length)
  }
  found(files.length)
  return files
}
