import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { LocalFile } from './files-under.ts'

/**
 * A multipart body (RFC 7578) that is read from disk while it is sent. Parts are named by their
 * index: the names of the files stay where they are.
 */
export function multipartOf(files: readonly LocalFile[], title: string | undefined) {
  const boundary = randomBytes(16).toString('hex')
  const headOf = (disposition: string) =>
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n`)
  const newline = Buffer.from('\r\n')
  const titlePart = title
    ? Buffer.concat([headOf('name="title"'), Buffer.from(title), newline])
    : newline.subarray(2)
  const heads = files.map((_, index) => headOf(`name="files"; filename="${index}"`))
  const tail = Buffer.from(`--${boundary}--\r\n`)
  const bytes =
    titlePart.length +
    files.reduce((sum, file, n) => sum + (heads[n] as Buffer).length + file.bytes + 2, 0) +
    tail.length
  async function* content(): AsyncGenerator<Buffer> {
    yield titlePart
    for (const [index, file] of files.entries()) {
      yield heads[index] as Buffer
      // No more than was promised, should the file grow meanwhile.
      if (file.bytes > 0) yield* createReadStream(file.path, { end: file.bytes - 1 })
      yield newline
    }
    yield tail
  }
  return { type: `multipart/form-data; boundary=${boundary}`, bytes, content }
}
