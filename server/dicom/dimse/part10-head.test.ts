import dicomParser from 'dicom-parser'
import { describe, expect, it } from 'vitest'
import { implementationClassUID } from '../pacs/implementation.ts'
import { part10Head } from './part10-head.ts'

describe('the head of a received file', () => {
  it('[IN-3] says class, instance and syntax, whatever the parity of their lengths', () => {
    const head = part10Head({
      sopClassUID: '1.2.840.10008.5.1.4.1.1.2',
      sopInstanceUID: '1.2.34',
      transferSyntaxUID: '1.2.840.10008.1.2.4.80',
    })
    const nothing = Buffer.from([0x10, 0, 0x10, 0, 0x50, 0x4e, 0, 0]) // an empty Patient's Name
    const parsed = dicomParser.parseDicom(Buffer.concat([head, nothing]))
    expect(parsed.uint32('x00020000')).toBe(head.length - 132 - 12)
    expect(parsed.string('x00020002')).toBe('1.2.840.10008.5.1.4.1.1.2')
    expect(parsed.string('x00020003')).toBe('1.2.34')
    expect(parsed.string('x00020010')).toBe('1.2.840.10008.1.2.4.80')
    expect(parsed.string('x00020012')).toBe(implementationClassUID)
    expect(parsed.elements.x00100010).toBeDefined()
  })
})
