import { describe, expect, it } from 'vitest'
import { boundaryOf, readMultipart } from './multipart.ts'

const boundary = 'ab--cd'
const lone = (text: string) => Buffer.from(text, 'latin1')

async function* cutInto(bytes: Uint8Array, pieceBytes: number) {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
}

async function partsOf(bytes: Uint8Array, pieceBytes: number) {
  const parts: { contentType: string; content: string }[] = []
  for await (const part of readMultipart(cutInto(bytes, pieceBytes), boundary)) {
    const content: Uint8Array[] = []
    for await (const piece of part.content) content.push(piece)
    parts.push({
      contentType: part.contentType,
      content: Buffer.concat(content).toString('latin1'),
    })
  }
  return parts
}

/** Content with line breaks and half a delimiter in it, in a part with headers and one without. */
const tricky = '\r\n--ab-\r\n--ab--c\r\n\r\n\xff\x00'
const body = lone(
  `a preamble\r\n--${boundary}\r\nContent-Type: Application/DICOM; x=y\r\nContent-Length: 3\r\n\r\n${tricky}` +
    `\r\n--${boundary}\r\n\r\n\r\n--${boundary}--\r\nan epilogue`,
)

describe('a multipart body', () => {
  it.each([1, 2, 7, 64, 10_000])('is read in pieces of %i bytes', async (pieceBytes) => {
    expect(await partsOf(body, pieceBytes)).toEqual([
      { contentType: 'application/dicom', content: tricky },
      { contentType: '', content: '' },
    ])
  })

  it('begins with its delimiter where there is no preamble', async () => {
    const bytes = lone(`--${boundary}\r\n\r\nx\r\n--${boundary}--`)
    expect(await partsOf(bytes, 5)).toEqual([{ contentType: '', content: 'x' }])
  })

  it('[IN-2] that ends anywhere before its closing delimiter is never taken for whole', async () => {
    const end = body.length - '\r\nan epilogue'.length
    for (let bytes = 0; bytes < end; bytes += 3) {
      await expect(partsOf(body.subarray(0, bytes), 16)).rejects.toMatchObject({
        code: 'pacs-interrupted',
      })
    }
  })

  it('without an end to its headers is refused before it fills the memory', async () => {
    let sent = 0
    async function* endless() {
      yield lone(`--${boundary}\r\n`)
      for (; sent < 1e8; sent += 1000) yield Buffer.alloc(1000, 0x41)
    }
    const read = async () => {
      for await (const _ of readMultipart(endless(), boundary));
    }
    await expect(read()).rejects.toMatchObject({ code: 'pacs-answer' })
    expect(sent).toBeLessThan(100_000)
  })

  it('closes what it read from, also when its reader leaves in the middle', async () => {
    let closed = false
    async function* source() {
      try {
        yield body
      } finally {
        closed = true
      }
    }
    for await (const _ of readMultipart(source(), boundary)) break
    expect(closed).toBe(true)
  })

  it('has a boundary of at most 70 characters, quoted or not', () => {
    expect(boundaryOf('multipart/related; type="application/dicom"; boundary=a-b')).toBe('a-b')
    expect(boundaryOf('Multipart/Related;boundary="a b";type=x')).toBe('a b')
    expect(boundaryOf('multipart/related; type="application/dicom"')).toBeUndefined()
    expect(boundaryOf('application/dicom; boundary=a')).toBeUndefined()
    expect(boundaryOf(`multipart/related; boundary=${'a'.repeat(71)}`)).toBeUndefined()
  })
})
