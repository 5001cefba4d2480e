import { inflate } from '../part10/read-header.ts'
import { type SealedFile, SealedReader } from '../sealed-file.ts'

let last: { readonly file: SealedFile; readonly bytes: WeakRef<Uint8Array> } | undefined

/**
 * The data set of a deflated file. Kept until its memory is wanted elsewhere, so that a file of many
 * frames is inflated once and not once for each.
 */
export async function inflated(file: SealedFile, deflatedFrom: number): Promise<Uint8Array> {
  const kept = last && isSame(last.file, file) ? last.bytes.deref() : undefined
  if (kept) return kept
  await using reader = await SealedReader.open(file)
  const bytes = await inflate(await reader.read(0, file.bytes), deflatedFrom)
  last = { file, bytes: new WeakRef(bytes) }
  return bytes
}

function isSame(a: SealedFile, b: SealedFile): boolean {
  return a.path === b.path && a.number === b.number && Buffer.compare(a.key, b.key) === 0
}
