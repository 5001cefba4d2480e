import { type TestElement, writePart10 } from '../../test-support/part10-writer.ts'
import { type SliceChanges, sliceElements } from '../../test-support/phantom.ts'

export interface EncapsulatedFile {
  readonly transferSyntaxUID: string
  readonly changes: SliceChanges
  readonly fragments: readonly Uint8Array[]
  /** Basic Offset Table. */
  readonly offsets?: readonly number[]
  /** Extended Offset Table and its lengths. */
  readonly extended?: readonly (readonly [offset: number, length: number])[]
}

/** A file whose pixels lie in fragments, as the standard has it or not (PS3.5 A.4). */
export function encapsulatedFile(file: EncapsulatedFile): Buffer {
  const { transferSyntaxUID, changes, fragments, offsets = [], extended } = file
  const elements = sliceElements(0, changes).filter(([tag]) => tag !== '7fe00010')
  const longNumbers = (values: readonly number[]) =>
    new Uint8Array(BigUint64Array.from(values.map(BigInt)).buffer)
  const tables: readonly TestElement[] = extended
    ? [
        ['7fe00001', 'OV', longNumbers(extended.map(([offset]) => offset))],
        ['7fe00002', 'OV', longNumbers(extended.map(([, length]) => length))],
      ]
    : []
  const header = writePart10([...elements, ...tables], { transferSyntaxUID })
  const pixelData = Buffer.from('e07f10004f420000ffffffff', 'hex')
  const table = new Uint8Array(Uint32Array.from(offsets).buffer)
  const end = Buffer.from('feffdde000000000', 'hex')
  return Buffer.concat([header, pixelData, item(table), ...fragments.map(item), end])
}

function item(content: Uint8Array): Buffer {
  const head = Buffer.from('feff00e000000000', 'hex')
  head.writeUInt32LE(content.length, 4)
  return Buffer.concat([head, content])
}
