import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { SealedReader } from '../sealed-file.ts'
import { type TestElement, writeElements, writePart10 } from '../test-support/part10-writer.ts'
import { sliceElements } from '../test-support/phantom.ts'
import { spool } from '../test-support/spool-files.ts'
import { readHeader } from './read-header.ts'

async function read(bytes: Uint8Array) {
  using spooled = spool([bytes])
  await using file = await SealedReader.open(spooled.files[0]!)
  return await readHeader(file)
}

const elements = sliceElements(0)
const privateBytes = (size: number): TestElement => ['00291001', 'OB', Buffer.alloc(size)]

/** Part 10 with a deflated data set (PS3.5 A.5). */
function deflated(dataSet: Uint8Array): Buffer {
  const empty = writePart10([], { transferSyntaxUID: '1.2.840.10008.1.2.1.99' })
  return Buffer.concat([empty, deflateRawSync(dataSet)])
}

describe('readHeader', () => {
  it.each([10, 100_000, 2_000_000])('finds the pixels behind %i private bytes', async (size) => {
    const file = writePart10([...elements, privateBytes(size)])
    const { pixelData } = await read(file)
    expect(pixelData).toMatchObject({ offset: file.length - 24, length: 24 })
  })

  it('refuses a description larger than 8 MB', async () => {
    const file = writePart10([...elements, privateBytes(9_000_000)])
    await expect(read(file)).rejects.toMatchObject({ code: 'too-large' })
  })

  it.each([true, false])('recognises a bare data set, explicit VR %s', async (explicit) => {
    const { transferSyntax, pixelData } = await read(writeElements(elements, explicit))
    expect(transferSyntax).toMatchObject({ explicit, deflated: false })
    expect(pixelData?.length).toBe(24)
  })

  it('says not-dicom, truncated or unreadable of what is none, cut or broken', async () => {
    await expect(read(Buffer.from('a text'))).rejects.toMatchObject({ code: 'not-dicom' })
    await expect(read(Buffer.alloc(0))).rejects.toMatchObject({ code: 'not-dicom' })
    const file = writePart10(elements)
    await expect(read(file.subarray(0, 400))).rejects.toMatchObject({ code: 'truncated' })
    const sequence: TestElement = ['00082218', 'SQ', [[['00080100', 'SH', '1234']]]]
    const broken = writePart10([...elements, sequence])
    broken[broken.indexOf(Buffer.from([0xfe, 0xff, 0x00, 0xe0]))] = 0
    await expect(read(broken)).rejects.toMatchObject({ code: 'unreadable' })
  })

  it('inflates up to 64 MiB and refuses a bomb without inflating it', async () => {
    const { pixelData, bytes } = await read(deflated(writeElements(elements, true)))
    expect(pixelData?.offset).toBe(bytes.length - 24)
    const bomb = deflated(Buffer.alloc(80 * 1024 * 1024))
    await expect(read(bomb)).rejects.toMatchObject({ code: 'too-large' })
    const cut = deflated(writeElements(elements, true)).subarray(0, -40)
    await expect(read(cut)).rejects.toMatchObject({ code: 'truncated' })
  })

  it('survives ten thousand nested sequences', async () => {
    const open8 = Buffer.from('fe ff 00 e0 ff ff ff ff'.replaceAll(' ', ''), 'hex')
    const sequence = Buffer.from('08001822535100 00ffffffff'.replaceAll(' ', ''), 'hex')
    const nest = Buffer.concat(Array.from({ length: 10_000 }, () => [sequence, open8]).flat())
    const file = Buffer.concat([writePart10([]), nest])
    await expect(read(file)).rejects.toMatchObject({
      code: expect.stringMatching(/^(unreadable|truncated)$/),
    })
  })
})
