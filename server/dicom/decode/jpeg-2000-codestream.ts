import type { Codestream } from './codestream.ts'
import { countPrecincts, readCodingStyle } from './jpeg-2000-coding-style.ts'

const startOfTilePart = 0xff90
const startOfData = 0xff93
const endOfCodestream = 0xffd9
const codingStyle = { default: 0xff52, component: 0xff53 } as const

const maxTiles = 4096
/** A slice has six; a whole-slide image thousands. Decoders keep books of every one. */
const maxPackets = 2 ** 18

/**
 * SIZ and what follows, up to the last tile (ISO 15444-1 A). Undefined too where its tiles do not
 * cover the image or are very many, where the packets are, and where a tile ends beyond the bytes:
 * decoders have looped on the former, and fill the latter with nothing without saying so.
 */
export function readJpeg2000(view: DataView): Codestream | undefined {
  const size = readSize(view)
  const header = size && walkHeader(view, size.end, startOfTilePart)
  const tileStyles = header && walkTileParts(view, header.end, size.tiles)
  if (!tileStyles || header.styles.length === 0) return undefined
  const { codestream, tile, tiles } = size
  const styles = [...header.styles, ...tileStyles].map(({ position, ofComponent }) =>
    readCodingStyle(view, position, ofComponent, codestream.components),
  )
  let layers = 1
  let precincts = 0
  for (const style of styles) {
    if (!style) return undefined
    layers = Math.max(layers, style.layers)
    precincts = Math.max(precincts, countPrecincts(style, tile))
  }
  return precincts * layers * tiles * codestream.components > maxPackets ? undefined : codestream
}

function readSize(view: DataView) {
  if (view.byteLength < 42 || view.getUint32(0) !== 0xff4fff51) return undefined
  const field = (index: number) => view.getUint32(8 + 4 * index)
  const [right, bottom, left, top] = [field(0), field(1), field(2), field(3)]
  const [tileColumns, tileRows, tileLeft, tileTop] = [field(4), field(5), field(6), field(7)]
  const isCovered =
    tileLeft <= left && tileTop <= top && tileLeft + tileColumns > left && tileTop + tileRows > top
  const tiles =
    Math.ceil((right - tileLeft) / tileColumns) * Math.ceil((bottom - tileTop) / tileRows)
  if (!isCovered || !(tiles <= maxTiles)) return undefined
  const components = view.getUint16(40)
  const length = view.getUint16(4)
  const end = 4 + length
  if (components === 0 || length !== 38 + 3 * components || end > view.byteLength) return undefined
  const precision = view.getUint8(42)
  for (let n = 0; n < components; n++) {
    const at = 42 + 3 * n
    // Components of another size or depth come out of a decoder in no order that anyone relies on.
    const isAlike = view.getUint8(at) === precision && view.getUint16(at + 1) === 0x0101
    if (!isAlike) return undefined
  }
  const codestream: Codestream = {
    columns: right - left,
    rows: bottom - top,
    components,
    bitsPerSample: (precision & 0x7f) + 1,
    signed: (precision & 0x80) !== 0,
    isPlanar: false,
  }
  const tile = {
    columns: Math.min(tileColumns, right - left),
    rows: Math.min(tileRows, bottom - top),
  }
  return { tiles, codestream, end, tile }
}

interface Style {
  /** Of its marker. */
  readonly position: number
  readonly ofComponent: boolean
}

interface WalkedHeader {
  /** Where the marker that ends it lies. */
  readonly end: number
  readonly styles: readonly Style[]
}

function walkHeader(view: DataView, from: number, until: number): WalkedHeader | undefined {
  const styles: Style[] = []
  let position = from
  while (position + 2 <= view.byteLength) {
    const marker = view.getUint16(position)
    if (marker === until) return { end: position, styles }
    if (marker < 0xff01 || position + 4 > view.byteLength) return undefined
    const length = view.getUint16(position + 2)
    if (length < 2 || position + 2 + length > view.byteLength) return undefined
    if (marker === codingStyle.default) styles.push({ position, ofComponent: false })
    if (marker === codingStyle.component) styles.push({ position, ofComponent: true })
    position += 2 + length
  }
  return undefined
}

/** The coding styles of single tiles. Undefined unless all tiles lie within the bytes (A.4.2). */
function walkTileParts(view: DataView, from: number, tiles: number): readonly Style[] | undefined {
  const styles: Style[] = []
  const seen = new Set<number>()
  let position = from
  while (position + 14 <= view.byteLength && view.getUint16(position) === startOfTilePart) {
    const tile = view.getUint16(position + 4)
    const isKnown = view.getUint16(position + 2) === 10 && tile < tiles
    const header = isKnown ? walkHeader(view, position + 12, startOfData) : undefined
    if (!header) return undefined
    seen.add(tile)
    styles.push(...header.styles)
    const length = view.getUint32(position + 6)
    // Zero: to the end of the codestream, which only the last may say.
    if (length === 0) return seen.size === tiles && endsProperly(view) ? styles : undefined
    if (position + length > view.byteLength || position + length < header.end + 2) return undefined
    position += length
  }
  return seen.size === tiles ? styles : undefined
}

/** A byte of padding may follow (PS3.5 A.4). */
function endsProperly(view: DataView): boolean {
  const { byteLength } = view
  return [2, 3].some(
    (back) => byteLength > back && view.getUint16(byteLength - back) === endOfCodestream,
  )
}
