import { describe, expect, it } from 'vitest'
import { decodeFile } from '../../server/dicom/test-support/decode-file.ts'
import { testData, testFiles } from '../support/test-data.ts'

/** The same slice in each syntax: unsigned 12 bits, and signed 16. */
const unsigned = 'transfer-syntaxes/ct-derived'
const signed = 'transfer-syntaxes/ct-one-image'

const reference = {
  [unsigned]: () => decodeFile(testData(unsigned, 'explicit-le.dcm')),
  [signed]: () => decodeFile(signedFile('1.2.840.10008.1.2.1')),
}

function signedFile(uid: string): string {
  const file = testFiles(signed).find((path) => path.endsWith(`_${uid}.dcm`))
  if (!file) throw new Error(`no file in ${uid}`)
  return file
}

describe('transfer syntaxes', () => {
  it.each([
    'explicit-be',
    'implicit-le',
    'deflated-le',
    'rle',
    'jpegls-lossless',
    'jpeg2000-lossless',
    'htj2k-lossless',
    'htj2k-lossless-rpcl',
    'jpeg-lossless-sv1',
    'jpeg-lossless-p14',
  ])('[IN-4] %s, unsigned, decodes to the identical values', async (name) => {
    const values = await decodeFile(testData(unsigned, `${name}.dcm`))
    expect(values).toEqual(await reference[unsigned]())
  })

  it.each(['2', '1', '1.99', '5', '4.80', '4.90', '4.70', '4.57'])(
    '[IN-4] 1.2.840.10008.1.2.%s, signed, decodes to the identical values',
    async (ending) => {
      const values = await decodeFile(signedFile(`1.2.840.10008.1.2.${ending}`))
      expect(values).toEqual(await reference[signed]())
    },
  )

  it.each([
    ['near-lossless JPEG-LS', '4.81', 1],
    ['lossy JPEG 2000', '4.91', 5],
  ])('[IN-4] %s decodes to within its loss', async (_, ending, loss) => {
    const values = await decodeFile(signedFile(`1.2.840.10008.1.2.${ending}`))
    expect(largestDifference(values, await reference[signed]())).toBe(loss)
  })

  it('[IN-4] near-lossless JPEG-LS, unsigned, decodes to within its three steps', async () => {
    const values = await decodeFile(testData(unsigned, 'jpegls-near3.dcm'))
    expect(largestDifference(values, await reference[unsigned]())).toBe(3)
  })

  it.each(['4.50', '4.51', '4.53', '4.55'])(
    '[IN-4] 1.2.840.10008.1.2.%s is refused in words',
    async (ending) => {
      await expect(decodeFile(signedFile(`1.2.840.10008.1.2.${ending}`))).rejects.toMatchObject({
        code: 'unsupported-transfer-syntax',
        message: expect.stringContaining('compressed in a way'),
      })
    },
  )
})

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0
  for (let n = 0; n < a.length; n++) largest = Math.max(largest, Math.abs(a[n]! - b[n]!))
  return largest
}
