import type { Header } from '../part10/read-header.ts'

/** Values of US or SS, unsigned, in the byte order of the data set; none where there is no such element. */
export function headerNumbers(
  { bytes, elements, transferSyntax }: Header,
  tag: string,
): readonly number[] {
  const element = elements[tag]
  if (!element || element.dataOffset + element.length > bytes.length) return []
  const view = new DataView(bytes.buffer, bytes.byteOffset + element.dataOffset, element.length)
  const count = Math.floor(element.length / 2)
  const isLittle = !transferSyntax.bigEndian
  return Array.from({ length: count }, (_, n) => view.getUint16(2 * n, isLittle))
}
