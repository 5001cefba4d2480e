import { describe, expect, it } from 'vitest'
import { transferSyntaxOf, unsupported } from './transfer-syntax.ts'

const refusal = (uid: string) => unsupported(transferSyntaxOf(uid)).message

describe('transfer syntaxes that cannot be read', () => {
  it.each([
    ['1.2.840.10008.1.2.4.102', 'MPEG-4 AVC/H.264 High Profile / Level 4.1'],
    ['1.2.840.10008.1.2.4.94', 'JPIP Referenced'],
    ['1.2.840.10008.1.2.4.110', 'JPEG XL Lossless'],
    ['1.2.840.10008.1.2.4.107', 'HEVC/H.265 Main Profile / Level 5.1'],
  ])('[IN-4] %s is refused by its name in the standard', (uid, name) => {
    expect(transferSyntaxOf(uid).pixels).toBeUndefined()
    expect(refusal(uid)).toBe(`The image is compressed as ${name}, which Caseroom cannot read.`)
  })

  it.each(['1.2.3.4', '1.2.840.10008.1.2.4.9999', 'toString', '1.2.840.10008.constructor'])(
    '[PRIV-2] %s, which is not of the standard, is not repeated',
    (uid) => {
      expect(refusal(uid)).toBe('The image is compressed in a way that Caseroom cannot read.')
    },
  )
})
